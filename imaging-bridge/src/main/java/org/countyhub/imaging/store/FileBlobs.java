package org.countyhub.imaging.store;

import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.countyhub.imaging.study.BlobStore;

/**
 * Blobs as files of one directory: a folder for each hour, so that none grows without bounds and what belongs together in time lies
 * together. The key is the path below the directory.
 */
public final class FileBlobs implements BlobStore {
    private final Path directory;
    private final BlobKeys keys;
    private final FreeSpace space;

    /**
     * Blobs in a directory, which is made if it is not there.
     *
     * @param watermarkBytes free space that is not used
     */
    public FileBlobs(Path directory, long watermarkBytes, Clock clock) throws IOException {
        this.directory = directory;
        keys = new BlobKeys(clock);
        space = new FreeSpace(directory, watermarkBytes, clock);
        Files.createDirectories(directory);
    }

    @Override
    public Incoming receive() throws IOException {
        String key = keys.next();
        makeFolder(directory.resolve(key.substring(0, key.lastIndexOf('/'))));
        return new IncomingFile(key, path(key));
    }

    /** A new folder must be as durable as what will be in it. */
    private void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(folder);
        for (Path above = folder.getParent(); above != null && above.startsWith(directory); above = above.getParent()) {
            sync(above);
        }
    }

    private Path path(String key) {
        return directory.resolve(key);
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static final class IncomingFile extends Incoming {
        private final String key;
        private final Path path;
        private final FileChannel channel;
        private boolean sealed;

        IncomingFile(String key, Path path) throws IOException {
            this.key = key;
            this.path = path;
            channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        @Override
        public String seal() throws IOException {
            channel.force(true);
            sealed = true;
            return key;
        }

        @Override
        public void close() throws IOException {
            channel.close();
            if (!sealed) {
                Files.deleteIfExists(path);
            }
        }
    }

    @Override
    public void settle(Collection<String> keys) throws IOException {
        Set<Path> folders = keys.stream().map(key -> path(key).getParent()).collect(Collectors.toSet());
        for (Path folder : folders) {
            sync(folder);
        }
    }

    @Override
    public InputStream open(String key, long position, long length) throws IOException {
        FileInputStream file = new FileInputStream(path(key).toFile());
        try {
            FileChannel channel = file.getChannel();
            channel.position(position);
            // Skipping in a file goes past its end.
            return new Part(file, Math.clamp(channel.size() - position, 0, length));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** So many bytes of a stream. */
    private static final class Part extends FilterInputStream {
        private long left;

        Part(InputStream in, long length) {
            super(in);
            left = length;
        }

        @Override
        public int read() throws IOException {
            int value = left > 0 ? super.read() : -1;
            left -= value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (left <= 0) {
                return length == 0 ? 0 : -1;
            }
            int read = super.read(bytes, from, (int) Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }

        @Override
        public long skip(long length) throws IOException {
            long skipped = super.skip(Math.min(length, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }

    @Override
    public void delete(String key) throws IOException {
        try {
            Files.delete(path(key));
        } catch (NoSuchFileException e) {
            // Removed already.
        }
    }

    @Override
    public boolean hasRoomFor(long bytes) {
        return space.hasRoomFor(bytes);
    }
}

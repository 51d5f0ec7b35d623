package org.countyhub.imaging.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** Local files of what is on its way to a store that needs to know the length and checksum first. */
final class Spool {
    /** What a store takes in one piece. */
    private static final long LONGEST = 5L * 1024 * 1024 * 1024;

    private final Path directory;

    /** A file with all of its bytes. */
    record Spooled(Path path, long length, String md5) {}

    /** Sends a file off and gives its key. */
    @FunctionalInterface
    interface Shipment {
        String put(Spooled file) throws IOException;
    }

    /** A spool in a directory of its own; what another process has left there is removed. */
    Spool(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory);
        List<Path> left;
        try (Stream<Path> files = Files.list(directory)) {
            left = files.filter(Files::isRegularFile).toList();
        }
        for (Path file : left) {
            Files.deleteIfExists(file);
        }
    }

    BlobStore.Incoming receive(Shipment shipment) throws IOException {
        return new IncomingFile(Files.createTempFile(directory, "", ".dcm"), shipment);
    }

    private static final class IncomingFile extends BlobStore.Incoming {
        private final Path path;
        private final Shipment shipment;
        private final OutputStream out;
        private final MessageDigest md5 = md5();
        private long length;

        IncomingFile(Path path, Shipment shipment) throws IOException {
            this.path = path;
            this.shipment = shipment;
            out = Files.newOutputStream(path);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            if (length + count > LONGEST) {
                throw new Problem.TooLarge(List.of(Fault.of("too-long", "the object store takes no more than 5 GiB")))
                        .exception();
            }
            out.write(bytes, from, count);
            md5.update(bytes, from, count);
            length += count;
        }

        @Override
        public String seal() throws IOException {
            out.close();
            return shipment.put(new Spooled(path, length, Base64.getEncoder().encodeToString(md5.digest())));
        }

        /** Sent off or not, the local file is needed no longer. */
        @Override
        public void close() throws IOException {
            out.close();
            Files.deleteIfExists(path);
        }
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}

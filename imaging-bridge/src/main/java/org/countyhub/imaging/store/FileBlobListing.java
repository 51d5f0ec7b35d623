package org.countyhub.imaging.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of {@link FileBlobs}. */
public final class FileBlobListing implements BlobListing {
    private static final int PORTION = 500;

    private final Path directory;

    public FileBlobListing(Path directory) {
        this.directory = directory;
    }

    @Override
    public Optional<Instant> oldest() throws IOException {
        return first(directory, 4).flatMap(hour -> BlobKeys.hour(directory.relativize(hour) + "/"));
    }

    /** The first folder so many levels below; a folder without any is passed over. */
    private static Optional<Path> first(Path above, int levels) throws IOException {
        if (levels == 0) {
            return Optional.of(above);
        }
        List<Path> folders;
        try (Stream<Path> all = Files.list(above)) {
            folders = all.filter(path -> path.getFileName().toString().matches("[0-9]{2,4}") && Files.isDirectory(path))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
        for (Path folder : folders) {
            Optional<Path> first = first(folder, levels - 1);
            if (first.isPresent()) {
                return first;
            }
        }
        return Optional.empty();
    }

    @Override
    public void hour(Instant moment, Portion portion) throws IOException, InterruptedException {
        String folder = BlobKeys.folder(moment);
        List<Listed> some = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.resolve(folder))) {
            for (Path file : files) {
                listed(folder, file).ifPresent(some::add);
                if (some.size() == PORTION) {
                    portion.take(List.copyOf(some));
                    some.clear();
                }
            }
        } catch (NoSuchFileException e) {
            // An hour in which nothing came.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        if (!some.isEmpty()) {
            portion.take(some);
        }
    }

    /** Empty for what has been removed meanwhile. */
    private static Optional<Listed> listed(String folder, Path file) throws IOException {
        try {
            return Optional.of(new Listed(
                    folder + "/" + file.getFileName(),
                    Files.getLastModifiedTime(file).toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}

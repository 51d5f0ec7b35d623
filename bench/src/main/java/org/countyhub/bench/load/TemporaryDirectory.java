package org.countyhub.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory that goes with all it holds when it is closed. */
public record TemporaryDirectory(Path path) implements AutoCloseable {

    /** One inside of another directory, which is made when it is not there. */
    public static TemporaryDirectory create(Path parent, String prefix) {
        try {
            return new TemporaryDirectory(Files.createTempDirectory(Files.createDirectories(parent), prefix));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TemporaryDirectory create(String prefix) {
        try {
            return new TemporaryDirectory(Files.createTempDirectory(prefix));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // The figures are taken; a leftover directory is worth a word but not the run.
            System.err.println("could not delete " + path + ": " + e);
        }
    }
}

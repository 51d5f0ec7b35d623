package org.countyhub.imaging.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that says how far a sweep has come. Without it all is swept again, which costs time and nothing else. */
record SweepMarker(Path file) {
    private static final Logger LOG = LoggerFactory.getLogger(SweepMarker.class);

    Optional<Instant> read() throws IOException {
        try {
            return Optional.of(Instant.parse(Files.readString(file).strip()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (DateTimeParseException e) {
            LOG.warn("{} says no moment; all is swept again", file);
            return Optional.empty();
        }
    }

    void write(Instant moment) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, moment + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}

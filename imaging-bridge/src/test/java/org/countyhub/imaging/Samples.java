package org.countyhub.imaging;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The public DICOM samples, which lie beside the repository: {@code shared/data/dicom}, or where HUB_SAMPLES says. */
public final class Samples {
    private static final Path DIRECTORY = find();

    private Samples() {}

    private static Path find() {
        @Nullable String configured = System.getenv("HUB_SAMPLES");
        if (configured != null) {
            return Path.of(configured);
        }
        Path here = Path.of("").toAbsolutePath();
        return Stream.iterate(here, directory -> directory.getParent() != null, Path::getParent)
                .map(directory ->
                        directory.resolveSibling("shared").resolve("data").resolve("dicom"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no samples beside " + here + "; set HUB_SAMPLES"));
    }

    /** A sample by its path, such as {@code charset/gb18030.dcm}. */
    public static Path file(String name) {
        return DIRECTORY.resolve(name);
    }
}

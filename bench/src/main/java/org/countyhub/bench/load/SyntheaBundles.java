package org.countyhub.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The bundles that Synthea wrote: one transaction for each patient, up to tens of MB, and before them the hospitals and
 * doctors that their conditional references mean.
 *
 * @param institutions in the order in which they must be loaded
 * @param patients always in the same order
 */
record SyntheaBundles(List<Path> institutions, List<Path> patients) {
    private static final List<String> INSTITUTIONS = List.of("hospitalInformation", "practitionerInformation");

    static SyntheaBundles in(Path directory) {
        try (Stream<Path> listed = Files.list(directory)) {
            List<Path> files = listed.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            List<Path> institutions = INSTITUTIONS.stream()
                    .flatMap(name -> files.stream().filter(file -> isNamed(file, name)))
                    .toList();
            List<Path> patients =
                    files.stream().filter(file -> !institutions.contains(file)).toList();
            return new SyntheaBundles(institutions, patients);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the bundles in " + directory, e);
        }
    }

    private static boolean isNamed(Path file, String name) {
        return file.getFileName().toString().startsWith(name);
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** How many resources a bundle holds. */
    static int resources(Path file) {
        return Answers.json(read(file)).path("entry").size();
    }
}

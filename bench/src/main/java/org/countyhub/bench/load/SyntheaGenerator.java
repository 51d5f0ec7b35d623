package org.countyhub.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Synthea, MITRE's generator of made-up patients, as a process of its own: its libraries are older ones of those that the
 * server and its clients use. What it made for a population is kept and made again only when its settings change.
 *
 * @param settings the file whose change makes what is kept stale
 * @param command makes the bundles; is told {@code -Dpopulation=} and {@code -Ddirectory=}
 * @param cache where the bundles are kept, one directory for each population
 */
record SyntheaGenerator(Path settings, List<String> command, Path cache) {
    private static final int MAX_PRINTED = 2_000;

    /** The one that Maven fetches and runs; works in the directory of the repository, as {@code ./hub} does. */
    static SyntheaGenerator maven() {
        Path project = Path.of("bench", "synthea", "pom.xml");
        return new SyntheaGenerator(
                project,
                List.of("mvn", "-q", "-B", "-f", project.toString(), "exec:exec"),
                Path.of("bench", "target", "synthea"));
    }

    /** The directory with the bundles of so many living patients, and of those who died before them. */
    Path bundles(int population) {
        try {
            Path made = cache.resolve(Integer.toString(population));
            if (!isFresh(made)) {
                make(population, made);
            }
            return made.resolve("fhir");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the bundles of Synthea in " + cache, e);
        }
    }

    private boolean isFresh(Path made) throws IOException {
        if (!Files.exists(settings)) {
            throw new LoadFailure("no " + settings + " in " + Path.of("").toAbsolutePath() + " to run Synthea with");
        }
        return Files.exists(made)
                && Files.getLastModifiedTime(made).compareTo(Files.getLastModifiedTime(settings)) >= 0;
    }

    private void make(int population, Path made) throws IOException {
        System.out.println("generating " + population + " patients with Synthea, once ...");
        Files.createDirectories(cache);
        // Under its name only when it is whole, so that an interrupted run leaves nothing that looks like bundles.
        Path unfinished = Files.createTempDirectory(cache, "unfinished").toAbsolutePath();
        try {
            Path log = unfinished.resolve("synthea.log");
            int status = run(population, unfinished, log);
            // Synthea ends with 0 also when it does not understand its arguments.
            int patients = status == 0 ? patients(unfinished.resolve("fhir")) : 0;
            if (patients < population) {
                String printed = Files.readString(log);
                throw new LoadFailure("Synthea made " + patients + " patients, not " + population + ":\n"
                        + printed.substring(Math.max(0, printed.length() - MAX_PRINTED)));
            }
            remove(made);
            Files.move(unfinished, made);
        } finally {
            remove(unfinished);
        }
    }

    private static int patients(Path directory) {
        return Files.exists(directory) ? SyntheaBundles.in(directory).patients().size() : 0;
    }

    private static void remove(Path directory) {
        if (Files.exists(directory)) {
            new TemporaryDirectory(directory).close();
        }
    }

    private int run(int population, Path directory, Path log) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.add("-Dpopulation=" + population);
        line.add("-Ddirectory=" + directory);
        Process process;
        try {
            process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new LoadFailure("cannot start " + command.getFirst() + " to run Synthea", e);
        }
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new LoadFailure("interrupted", e);
        }
    }
}

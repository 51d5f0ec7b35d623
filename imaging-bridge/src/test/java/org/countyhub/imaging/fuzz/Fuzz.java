package org.countyhub.imaging.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The long run: Jazzer, which is steered by what of the code an input reaches, on each target in a process of its own. Arguments: seconds for all
 * targets together and a seed; or a file with an input to be read once more.
 */
final class Fuzz {
    private static final int SECONDS = 300;
    private static final int LANES = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
    private static final int HANGS_SECONDS = 20;
    private static final int START_SECONDS = 300;
    private static final Path DIRECTORY = Path.of("target", "fuzz").toAbsolutePath();
    private static final Path FOUND = DIRECTORY.resolve("found");
    private static final Pattern DONE = Pattern.compile("#(\\d+)\\s+DONE\\s+cov: (\\d+)");
    private static final int SHOWN_LINES = 25;

    private Fuzz() {}

    /** What became of a target. */
    private record Ended(Targets target, String summary, List<Path> found) {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && !arguments[0].matches("\\d+")) {
            replay(Path.of(arguments[0]));
            return;
        }
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : SECONDS;
        int seed = arguments.length > 1
                ? Integer.parseInt(arguments[1])
                : ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
        System.exit(run(seconds, seed) ? 0 : 1);
    }

    /** Reads an input once more; what is wrong with it is thrown. */
    static void replay(Path file) throws IOException {
        String name = file.getFileName().toString();
        Targets target = Targets.ofFile(name)
                .orElseThrow(() -> new IllegalArgumentException(name + " does not begin with the name of a target"));
        Guard.DEFAULT.run(target.create(), Files.readAllBytes(file));
        System.out.println(name + " is read, or refused, as it should be");
    }

    /** Fuzzes all targets, some beside each other; false if something was found. */
    private static boolean run(int seconds, int seed) throws IOException, InterruptedException {
        int share = Math.max(1, seconds * LANES / Targets.values().length);
        System.out.printf(
                "seed %d: %d targets, %d seconds each, %d at a time%n", seed, Targets.values().length, share, LANES);
        Files.createDirectories(FOUND);
        boolean clean = true;
        try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            List<Future<Ended>> runs = new ArrayList<>();
            for (Targets target : Targets.values()) {
                runs.add(lanes.submit(() -> fuzz(target, share, seed)));
            }
            for (Future<Ended> run : runs) {
                Ended ended = run.get();
                System.out.printf("%-10s %s%n", ended.target().word(), ended.summary());
                for (Path input : ended.found()) {
                    clean = false;
                    System.out.printf("%-10s ./hub fuzz %s%n", "", input);
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a target could not be run", e.getCause());
        }
        return clean;
    }

    private static Ended fuzz(Targets target, int seconds, int seed) throws IOException, InterruptedException {
        Path corpus = Files.createTempDirectory("fuzz-" + target.word());
        Path log = DIRECTORY.resolve(target.word() + ".log");
        Path last = corpus.resolveSibling(corpus.getFileName() + ".last");
        try {
            List<byte[]> seeds = target.create().seeds();
            for (int i = 0; i < seeds.size(); i++) {
                Files.write(corpus.resolve("seed-" + i), seeds.get(i));
            }
            List<Path> before = found(target);
            ProcessBuilder jazzer = new ProcessBuilder(command(target, seconds, seed, corpus, last))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            jazzer.environment().put("OPENCV_LOG_LEVEL", "OFF");
            Process process = jazzer.start();
            boolean ended = process.waitFor(seconds + START_SECONDS + HANGS_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly().waitFor();
            List<Path> found = new ArrayList<>(found(target));
            found.removeAll(before);
            if (found.isEmpty() && (!ended || process.exitValue() != 0)) {
                Path died = FOUND.resolve(target.word() + "-died-" + seed);
                Files.write(died, Files.exists(last) ? Files.readAllBytes(last) : new byte[0]);
                found.add(died);
            }
            return new Ended(target, summary(Files.readString(log), found.isEmpty()), found);
        } finally {
            Files.deleteIfExists(last);
            try (Stream<Path> inputs = Files.list(corpus)) {
                inputs.forEach(input -> input.toFile().delete());
            }
            Files.deleteIfExists(corpus);
        }
    }

    private static List<Path> found(Targets target) throws IOException {
        try (Stream<Path> files = Files.list(FOUND)) {
            return files.filter(file -> file.getFileName().toString().startsWith(target.word() + "-"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> command(Targets target, int seconds, int seed, Path corpus, Path last) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:+UseParallelGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.awt.headless=true",
                "-Dhub.fuzz.target=" + target.name(),
                "-Dhub.fuzz.last=" + last,
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + JazzerEntry.class.getName(),
                // Not the dictionaries of the toolkit, which are large and decide nothing.
                "--instrumentation_includes=org.countyhub.**:org.aoju.bus.image.metric.**",
                // The network target calls itself.
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery",
                "--reproducer_path=" + DIRECTORY,
                "-max_total_time=" + seconds,
                "-seed=" + seed,
                "-timeout=" + HANGS_SECONDS,
                "-report_slow_units=" + HANGS_SECONDS,
                "-rss_limit_mb=3000",
                "-max_len=300000",
                "-print_final_stats=0",
                "-artifact_prefix=" + FOUND + "/" + target.word() + "-",
                corpus.toString());
    }

    private static String summary(String log, boolean clean) {
        if (!clean) {
            return "FOUND, see target/fuzz:\n"
                    + String.join(
                            "\n",
                            log.lines()
                                    .dropWhile(line -> !line.contains("== Java Exception") && !line.contains("ERROR"))
                                    .takeWhile(line -> !line.startsWith("DEDUP_TOKEN"))
                                    .limit(SHOWN_LINES)
                                    .toList());
        }
        @Nullable String done = null;
        Matcher matcher = DONE.matcher(log);
        while (matcher.find()) {
            done = matcher.group(1) + " inputs, " + matcher.group(2) + " branches reached";
        }
        return done == null ? "ended without a word" : done;
    }
}

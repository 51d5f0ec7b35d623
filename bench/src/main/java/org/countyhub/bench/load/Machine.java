package org.countyhub.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where and on what a run took place. */
public final class Machine {
    private Machine() {}

    /** Processor, cores and memory, as Linux tells. */
    public static String hardware() {
        String processor = field(Path.of("/proc/cpuinfo"), "model name").orElse("unknown processor");
        String memory = field(Path.of("/proc/meminfo"), "MemTotal")
                .map(text -> Long.parseLong(text.replace("kB", "").strip()) / 1024 / 1024 + " GiB memory")
                .orElse("unknown memory");
        return processor + ", " + Runtime.getRuntime().availableProcessors() + " cores, " + memory;
    }

    /** How many processes wanted a processor over the last minute; well above 0 means that others disturb the run. */
    public static String loadAverage() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static Optional<String> field(Path file, String name) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** The commit of the working directory, with {@code -dirty} when files differ from it; {@code unknown} without git. */
    public static String commit() {
        Optional<String> commit = git("rev-parse", "--short=10", "HEAD");
        boolean dirty = git("status", "--porcelain", "--untracked-files=no")
                .filter(changes -> !changes.isEmpty())
                .isPresent();
        return commit.map(hash -> dirty ? hash + "-dirty" : hash).orElse("unknown");
    }

    private static Optional<String> git(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? Optional.of(out) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}

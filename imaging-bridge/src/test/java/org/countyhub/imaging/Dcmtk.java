package org.countyhub.imaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** DCMTK's tools, with which tests make forms of images and compare what is read from them. Debian has them in the package {@code dcmtk}. */
public final class Dcmtk {
    private Dcmtk() {}

    /** Runs {@code tool options… from to} and gives {@code to}. */
    public static Path run(String tool, List<String> options, Path from, Path to) {
        List<String> command = new ArrayList<>(List.of(tool));
        command.addAll(options);
        command.add(from.toString());
        command.add(to.toString());
        try {
            Path log = Files.createTempFile("dcmtk", ".log");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
                boolean ended = process.waitFor(60, TimeUnit.SECONDS);
                if (!ended) {
                    process.destroyForcibly();
                }
                if (!ended || process.exitValue() != 0) {
                    throw new AssertionError(command + " failed: " + Files.readString(log));
                }
            } finally {
                Files.delete(log);
            }
        } catch (IOException e) {
            throw new AssertionError("cannot run " + tool + "; install the package dcmtk", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return to;
    }

    /** The same for options in one text. */
    public static Path run(String toolAndOptions, Path from, Path to) {
        List<String> words = Arrays.asList(toolAndOptions.split(" "));
        return run(words.getFirst(), words.subList(1, words.size()), from, to);
    }
}

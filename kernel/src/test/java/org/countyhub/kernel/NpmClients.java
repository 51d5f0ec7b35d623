package org.countyhub.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Clients of other houses from npm, and the scripts that use them: {@code src/test/npm} of the module that is tested, with the clients
 * as its lock file names them. They are installed once in its {@code target}.
 */
public final class NpmClients {
    private static final Path SOURCES = Path.of("src", "test", "npm");
    private static final Path DIRECTORY = Path.of("target", "npm");
    private static final int MAX_SECONDS = 120;

    private NpmClients() {}

    /** Runs a script and returns what it printed; fails with that when the script does. */
    public static String run(String script, String... arguments) throws IOException, InterruptedException {
        install();
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        return execute(command);
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(DIRECTORY);
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, DIRECTORY.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path installed = DIRECTORY.resolve("installed-lock.json");
        byte[] wanted = Files.readAllBytes(DIRECTORY.resolve("package-lock.json"));
        if (!Files.exists(installed) || !Arrays.equals(Files.readAllBytes(installed), wanted)) {
            execute(List.of("npm", "ci", "--no-progress"));
            Files.write(installed, wanted);
        }
    }

    private static String execute(List<String> command) throws IOException, InterruptedException {
        Path printed = DIRECTORY.resolve(command.getFirst() + ".log");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(DIRECTORY.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
        } catch (IOException e) {
            throw new AssertionError(
                    "this test needs Node.js 20 or later and npm (Debian: apt-get install nodejs npm)", e);
        }
        try {
            boolean ended = process.waitFor(MAX_SECONDS, TimeUnit.SECONDS);
            String said = Files.readString(printed);
            if (!ended) {
                throw new AssertionError(String.join(" ", command) + " does not end: " + said);
            }
            if (process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed: " + said);
            }
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}

package org.countyhub.imaging.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Scripts of {@code viewer/test/browser}, which drive Chromium. */
public final class InBrowser {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private InBrowser() {}

    /** Skips the test where there is no browser. */
    public static void assumed() {
        assumeTrue(Files.isExecutable(CHROMIUM), "no " + CHROMIUM + ": nothing is tested in a browser here");
    }

    /** Runs a script, eight minutes at most, and fails with all that it says unless it ends well; what it says. */
    public static String check(String script, String... arguments) throws IOException, InterruptedException {
        Path log = Files.createTempFile("browser", ".log");
        try {
            List<String> words = new ArrayList<>(List.of("node", "test/browser/" + script));
            words.addAll(List.of(arguments));
            Process run = new ProcessBuilder(words)
                    .directory(Path.of("viewer").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = run.waitFor(8, TimeUnit.MINUTES);
            if (!ended) {
                run.descendants().forEach(ProcessHandle::destroyForcibly);
                run.destroyForcibly();
            }
            String said = Files.readString(log);
            said.lines().filter(line -> line.startsWith("skipped")).forEach(System.err::println);
            assertThat(ended && run.exitValue() == 0)
                    .as("in a browser:%n%s", said)
                    .isTrue();
            return said;
        } finally {
            Files.delete(log);
        }
    }
}

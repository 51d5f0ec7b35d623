package org.countyhub.imaging.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.study.StoreOutcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The viewer in a browser: what is seen, compared with what is stored. The checks themselves are {@code viewer/test/browser/run.mjs} and {@code forms.mjs}. */
class ViewerTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @BeforeAll
    static void browser() {
        assumeTrue(Files.isExecutable(CHROMIUM), "no " + CHROMIUM + ": the viewer is not tested in a browser here");
    }

    @Test
    void showsWhatIsStoredAndDoesWhatTheReaderWants() throws Exception {
        try (PagesServer server = new PagesServer()) {
            for (String sample : List.of("CT1_UNC.dcm", "CT1_JPLL.dcm", "CT1_J2KR.dcm", "US1_RLE.dcm")) {
                assertThat(server.bridge.store(Bridge.HAIDU, Samples.file(sample)))
                        .isInstanceOf(StoreOutcome.Added.class);
            }
            passes("run.mjs", server.base, Samples.file("").toString());
        }
    }

    @Test
    void showsPixelsInEveryForm() throws Exception {
        try (PagesServer server = new PagesServer()) {
            passes("forms.mjs", server.base);
        }
    }

    private static void passes(String script, String... arguments) throws Exception {
        Path log = Files.createTempFile("viewer", ".log");
        try {
            List<String> command = new ArrayList<>(List.of("node", "test/browser/" + script));
            command.addAll(List.of(arguments));
            Process run = new ProcessBuilder(command)
                    .directory(Path.of("viewer").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = run.waitFor(8, TimeUnit.MINUTES);
            if (!ended) {
                run.descendants().forEach(ProcessHandle::destroyForcibly);
                run.destroyForcibly();
            }
            String told = Files.readString(log);
            told.lines().filter(line -> line.startsWith("skipped")).forEach(System.err::println);
            assertThat(ended && run.exitValue() == 0)
                    .as("in a browser:%n%s", told)
                    .isTrue();
        } finally {
            Files.delete(log);
        }
    }
}

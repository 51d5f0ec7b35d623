package org.countyhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** fhir-kit-client, which knows nothing of this server, walks the main story; src/test/npm/story.mjs tells it. */
class ThirdPartyClientTest {
    private static final Path SOURCES = Path.of("src", "test", "npm");
    private static final Path DIRECTORY = Path.of("target", "npm");
    private static final int MAX_SECONDS = 120;

    @Test
    void walksTheMainStory() throws Exception {
        try (TestHub hub = TestHub.start()) {
            tellTheStoryTo(hub.base());
        }
    }

    /** Has the client walk the main story on the server at a FHIR base address. */
    static void tellTheStoryTo(String base) throws Exception {
        install();
        assertThat(run("node", "story.mjs", base)).contains("ok a refusal is an OperationOutcome");
    }

    private static void install() throws Exception {
        Files.createDirectories(DIRECTORY);
        for (String file : List.of("package.json", "package-lock.json", ".npmrc", "story.mjs")) {
            Files.copy(SOURCES.resolve(file), DIRECTORY.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Path installed = DIRECTORY.resolve("installed-lock.json");
        byte[] wanted = Files.readAllBytes(DIRECTORY.resolve("package-lock.json"));
        if (!Files.exists(installed) || !Arrays.equals(Files.readAllBytes(installed), wanted)) {
            run("npm", "ci", "--no-progress");
            Files.write(installed, wanted);
        }
    }

    /** Runs a program in the directory and returns what it printed; fails with that when the program does. */
    private static String run(String... command) throws Exception {
        Path printed = DIRECTORY.resolve(command[0] + ".log");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(DIRECTORY.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
        } catch (IOException e) {
            return fail("this test needs Node.js 20 or later and npm (Debian: apt-get install nodejs npm): " + e, e);
        }
        try {
            assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends in time: %s", command[0], Files.readString(printed))
                    .isTrue();
            assertThat(process.exitValue())
                    .as("%s: %s", String.join(" ", command), Files.readString(printed))
                    .isZero();
            return Files.readString(printed);
        } finally {
            process.destroyForcibly();
        }
    }
}

package org.countyhub.imaging.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever comes is read or refused, in bounded time and memory; {@code ./hub fuzz} is the long run of the same. */
class FuzzTest {
    private static final long SEED = 20_261_129;

    @ParameterizedTest
    @EnumSource
    @Timeout(60)
    void whateverComesIsReadOrRefused(Targets which) throws IOException {
        FuzzTarget target = which.create();
        List<byte[]> seeds = target.seeds();
        assertThat(seeds).isNotEmpty();
        for (byte[] seed : seeds) {
            run(which, target, seed);
        }
        Mutator mutator = new Mutator(seeds, SEED);
        for (int i = 0; i < which.inputsOfATest(); i++) {
            run(which, target, mutator.next());
        }
    }

    /** Leaves an input that breaks a promise where it can be read again. */
    private static void run(Targets which, FuzzTarget target, byte[] input) throws IOException {
        try {
            Guard.DEFAULT.run(target, input);
        } catch (AssertionError e) {
            Path directory = Files.createDirectories(Path.of("target", "fuzz", "found"));
            Path file = directory
                    .resolve(which.word() + "-" + Integer.toHexString(java.util.Arrays.hashCode(input)))
                    .toAbsolutePath();
            Files.write(file, input);
            throw new AssertionError("./hub fuzz " + file, e);
        }
    }

    @Test
    void theSameSeedMakesTheSameInputs() {
        List<byte[]> seeds = List.of("one".getBytes(java.nio.charset.StandardCharsets.US_ASCII), new byte[40]);
        Mutator one = new Mutator(seeds, 7);
        Mutator same = new Mutator(seeds, 7);
        for (int i = 0; i < 500; i++) {
            assertThat(one.next()).isEqualTo(same.next());
        }
    }

    private static FuzzTarget target(FuzzTargetBody body) {
        return new FuzzTarget() {
            @Override
            public List<byte[]> seeds() {
                return List.of();
            }

            @Override
            public void run(byte[] input) throws Exception {
                body.run(input);
            }
        };
    }

    private interface FuzzTargetBody {
        void run(byte[] input) throws Exception;
    }

    @Test
    void whatIsNoRefusalIsTold() {
        for (Exception wrong : List.of(new IllegalStateException(), new IOException())) {
            assertThatThrownBy(() -> Guard.DEFAULT.run(
                            target(input -> {
                                throw wrong;
                            }),
                            new byte[0]))
                    .isInstanceOf(AssertionError.class)
                    .hasCause(wrong);
        }
    }

    @Test
    void whatTakesTooMuchIsTold() {
        Guard tight = new Guard(Duration.ofMillis(20), 1 << 20);
        assertThatThrownBy(() -> tight.run(target(input -> spin(Duration.ofMillis(60))), new byte[0]))
                .hasMessageStartingWith("it took PT");
        assertThatThrownBy(() ->
                        tight.run(target(input -> assertThat(new byte[2 << 20]).isNotEmpty()), new byte[0]))
                .hasMessageMatching("it took \\S+ and \\d+ bytes");
    }

    private static void spin(Duration time) {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < time.toNanos()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aFileIsReadAgainByTheTargetThatItIsNamedBy(@TempDir Path directory) throws IOException {
        Fuzz.replay(Files.write(directory.resolve("multipart-crash-1"), new byte[] {0, 'x'}));
        assertThatThrownBy(() -> Fuzz.replay(Files.write(directory.resolve("other"), new byte[0])))
                .hasMessageContaining("other does not begin with the name of a target");
    }
}

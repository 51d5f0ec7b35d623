package org.countyhub.imaging.dimse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.countyhub.imaging.dicom.Part10;
import org.jspecify.annotations.Nullable;

/** The tools of DCMTK: peers that another house has made. */
final class DcmtkPeers {
    private static final int SECONDS = 60;

    private DcmtkPeers() {}

    /** How a tool ended, and all that it said. */
    public record Ended(int code, String said) {}

    /** Runs a tool to its end. */
    public static Ended run(String... command) {
        return run(null, command);
    }

    /** Runs a tool in a directory. */
    public static Ended run(@Nullable Path directory, String... command) {
        try {
            Path said = Files.createTempFile("dcmtk", ".log");
            Process process =
                    builder(directory, command).redirectOutput(said.toFile()).start();
            try {
                if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException(String.join(" ", command) + " does not end");
                }
                return new Ended(process.exitValue(), Files.readString(said, StandardCharsets.ISO_8859_1));
            } finally {
                process.destroyForcibly();
                Files.delete(said);
            }
        } catch (IOException e) {
            throw new IllegalStateException(command[0] + " of DCMTK is needed (Debian: dcmtk)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static ProcessBuilder builder(@Nullable Path directory, String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Without it each message waits for the acknowledgement of the one before.
        builder.environment().put("TCP_NODELAY", "1");
        if (directory != null) {
            builder.directory(directory.toFile());
        }
        return builder;
    }

    /** A tool that runs until it is closed. */
    public static final class Running implements AutoCloseable {
        private final Process process;

        private Running(Process process) {
            this.process = process;
        }

        @Override
        public void close() {
            process.destroyForcibly();
            try {
                process.waitFor(SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Ends it as a machine ends whose plug is pulled. */
        public void kill() {
            close();
        }
    }

    /** Starts a tool beside the test. */
    public static Running start(@Nullable Path directory, String... command) {
        try {
            return new Running(builder(directory, command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new IllegalStateException(command[0] + " of DCMTK is needed (Debian: dcmtk)", e);
        }
    }

    /** storescp that keeps what it gets, as it gets it, in a directory; ready when this returns. */
    public static Running storescp(Path directory, String aeTitle, int port, String... more) {
        List<String> command = new ArrayList<>(List.of("storescp", "-aet", aeTitle, "+B", "-od", directory.toString()));
        command.addAll(List.of(more));
        command.add(Integer.toString(port));
        Running running = start(directory, command.toArray(String[]::new));
        for (int i = 0; i < 100; i++) {
            if (run("echoscu", "-to", "5", "-aec", aeTitle, "127.0.0.1", Integer.toString(port))
                            .code()
                    == 0) {
                return running;
            }
            pause();
        }
        running.close();
        throw new IllegalStateException("storescp does not answer");
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The data set of a file of PS3.10. */
    public static byte[] dataset(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Part10.read(in);
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.countyhub.imaging.fuzz;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where Jazzer hands in its inputs. The properties hub.fuzz.target and hub.fuzz.last say for which target, and the file for the last input. */
public final class JazzerEntry {
    private static final Targets WHICH = Targets.valueOf(System.getProperty("hub.fuzz.target"));
    private static final FuzzTarget TARGET = WHICH.create();
    private static final Path LAST = Path.of(System.getProperty("hub.fuzz.last"));

    static {
        // What is logged of refusals would be most of the work.
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    }

    private JazzerEntry() {}

    /** Called by name before anything is timed: the classes that are needed are loaded and instrumented. */
    public static void fuzzerInitialize() throws IOException {
        for (byte[] seed : TARGET.seeds()) {
            try {
                TARGET.run(seed);
            } catch (Exception | AssertionError e) {
                LoggerFactory.getLogger(JazzerEntry.class).debug("told when it is an input", e);
            }
        }
    }

    /** Called by name. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (WHICH == Targets.FRAME || WHICH == Targets.INGEST) {
            // A native decoder that crashes takes this process with it, and nobody else would know by what.
            Files.write(LAST, input);
        }
        Guard.DEFAULT.run(TARGET, input);
    }
}

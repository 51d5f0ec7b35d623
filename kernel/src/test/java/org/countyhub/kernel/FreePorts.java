package org.countyhub.kernel;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports for what tests start. */
public final class FreePorts {
    private static final int TRIES = 100;

    private FreePorts() {}

    /** A port that nobody listens at, and neither at the next one; not of those from which outgoing connections take theirs meanwhile. */
    public static int next() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 30_000);
            try (ServerSocket one = new ServerSocket(port, 1);
                    ServerSocket above = new ServerSocket(port + 1, 1)) {
                return Math.min(one.getLocalPort(), above.getLocalPort());
            } catch (IOException e) {
                // Somebody has it.
            }
        }
        throw new IllegalStateException("no two free ports between 15000 and 30000");
    }
}

package org.countyhub.imaging.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.countyhub.imaging.ImagingProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An instance that its sender was told to be stored is kept, whoever is killed in the middle of it. */
@Timeout(240)
class KillTest {
    private static final int ROUNDS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Ledger ledger = new Ledger();
    private final Senders senders = new Senders(ledger);

    /** A moment that no one can foretell, in the middle of the senders' work. */
    private void awaitSomeWork() throws InterruptedException {
        int wanted = ledger.acknowledged() + ThreadLocalRandom.current().nextInt(20, 120);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ledger.acknowledged() < wanted) {
            assertThat(System.nanoTime()).as("the senders are stuck").isLessThan(deadline);
            Thread.sleep(1);
        }
        Thread.sleep(ThreadLocalRandom.current().nextInt(20));
    }

    @Test
    void nothingAcknowledgedIsLostWhenTheBridgeIsKilled(@TempDir Path dataDirectory) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (ImagingProcess bridge = ImagingProcess.start(dataDirectory)) {
                ledger.requireKept(bridge, dataDirectory);
                ProcessHandle postmaster = bridge.postmaster();
                Senders.Work work = senders.send(bridge);
                awaitSomeWork();
                bridge.kill();
                work.join();
                // The next start has to do with a database that is still running.
                assertThat(postmaster.isAlive()).isTrue();
            }
        }
        try (ImagingProcess bridge = ImagingProcess.start(dataDirectory)) {
            ledger.requireKept(bridge, dataDirectory);
        }
    }

    @Test
    void theBridgeOutlivesItsDatabaseAndNothingAcknowledgedIsLostWhenBothAreKilled(@TempDir Path dataDirectory)
            throws Exception {
        try (ImagingProcess bridge = ImagingProcess.start(dataDirectory)) {
            Senders.Work work = senders.send(bridge);
            awaitSomeWork();
            ProcessHandle postmaster = bridge.postmaster();
            postmaster.destroyForcibly();
            postmaster.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            awaitSomeWork();
            assertThat(bridge.postmaster()).as("the database was started again").isNotEqualTo(postmaster);
            work.stop();
            work.join();
            assertThat(bridge.isAlive()).isTrue();
            ledger.requireKept(bridge, dataDirectory);
            work = senders.send(bridge);
            awaitSomeWork();
            bridge.postmaster().destroyForcibly();
            bridge.kill();
            work.join();
        }
        try (ImagingProcess bridge = ImagingProcess.start(dataDirectory)) {
            ledger.requireKept(bridge, dataDirectory);
        }
    }
}

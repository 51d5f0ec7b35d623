package org.countyhub.fhir.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.countyhub.fhir.HubProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is kept, whoever is killed in the middle of it. */
class KillTest {
    private static final int ROUNDS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A moment that no one can foretell, in the middle of the clients' work. */
    private static void awaitSomeWork(Ledger ledger, int before) throws InterruptedException {
        int wanted = before + ThreadLocalRandom.current().nextInt(20, 120);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ledger.acknowledged() < wanted) {
            assertThat(System.nanoTime()).as("the clients are stuck").isLessThan(deadline);
            Thread.sleep(1);
        }
        Thread.sleep(ThreadLocalRandom.current().nextInt(20));
    }

    @Test
    void nothingAcknowledgedIsLostWhenTheServerIsKilled(@TempDir Path dataDirectory) throws Exception {
        Ledger ledger = new Ledger();
        for (int round = 0; round < ROUNDS; round++) {
            try (HubProcess hub = HubProcess.start(dataDirectory)) {
                ledger.requireKept(hub);
                ProcessHandle postmaster = hub.postmaster();
                int before = ledger.acknowledged();
                Ledger.Work work = ledger.write(hub);
                awaitSomeWork(ledger, before);
                hub.kill();
                work.join();
                // The next start has to do with a database that is still running.
                assertThat(postmaster.isAlive()).isTrue();
            }
        }
        try (HubProcess hub = HubProcess.start(dataDirectory)) {
            ledger.requireKept(hub);
        }
    }

    @Test
    void theServerOutlivesItsDatabase(@TempDir Path dataDirectory) throws Exception {
        Ledger ledger = new Ledger();
        try (HubProcess hub = HubProcess.start(dataDirectory)) {
            for (int round = 0; round < 2; round++) {
                Ledger.Work work = ledger.write(hub);
                awaitSomeWork(ledger, ledger.acknowledged());
                int refusals = ledger.refusals();
                hub.postmaster().destroyForcibly();
                while (ledger.refusals() == refusals) {
                    Thread.sleep(1);
                }
                awaitSomeWork(ledger, ledger.acknowledged());
                work.stop();
                work.join();
                assertThat(hub.isAlive()).isTrue();
                ledger.requireKept(hub);
            }
        }
    }

    @Test
    void nothingAcknowledgedIsLostWhenBothAreKilled(@TempDir Path dataDirectory) throws Exception {
        Ledger ledger = new Ledger();
        try (HubProcess hub = HubProcess.start(dataDirectory)) {
            Ledger.Work work = ledger.write(hub);
            awaitSomeWork(ledger, 0);
            hub.postmaster().destroyForcibly();
            hub.kill();
            work.join();
        }
        try (HubProcess restarted = HubProcess.start(dataDirectory)) {
            ledger.requireKept(restarted);
        }
    }
}

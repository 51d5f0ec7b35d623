package org.countyhub.imaging.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.countyhub.imaging.ImagingProcess;
import org.countyhub.imaging.store.Database;
import org.countyhub.kernel.FreePorts;
import org.countyhub.kernel.ServerProcess;
import org.countyhub.kernel.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** At whichever step of taking an instance in the bridge ends, what was acknowledged is kept and nothing is there by half. */
@Timeout(240)
class StepKillTest {
    private static final int HEAP_MEGABYTES = 256;
    private static final int PASSING = 3;

    private final Ledger ledger = new Ledger();
    private final Map<Step, Slice> unanswered = new EnumMap<>(Step.class);
    /** One that is started already: it is not the database that ends here. */
    private final TestDatabase database = TestDatabase.create("imaging", Database::migrate);

    private final Map<String, String> switches = Map.of(
            "HUB_DB_URL",
            database.settings().jdbcUrl(),
            "HUB_DB_USER",
            database.settings().user(),
            "HUB_DB_PASSWORD",
            database.settings().password());

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void nothingAcknowledgedIsLostAndNothingIsThereByHalf(@TempDir Path dataDirectory) throws Exception {
        for (Step step : Step.values()) {
            end(step, dataDirectory);
        }
        try (ImagingProcess bridge = ImagingProcess.start(dataDirectory, switches)) {
            assertThat(ledger.acknowledged()).isEqualTo(PASSING * Step.values().length);
            ledger.requireKept(bridge, dataDirectory);
            List<Step> kept = new ArrayList<>();
            unanswered.forEach((step, slice) -> {
                if (bridge.get(slice.path(), "application/dicom; transfer-syntax=*")
                                .statusCode()
                        == 200) {
                    kept.add(step);
                }
            });
            assertThat(kept)
                    .as("what is on record without its sender knowing it")
                    .containsExactly(Step.COMMITTED);
            try (Modality modality = new Modality(bridge.dicomPort())) {
                for (Slice slice : unanswered.values()) {
                    assertThat(modality.store(slice)).as("sent again").isZero();
                    ledger.acknowledged(slice);
                }
            }
            ledger.requireKept(bridge, dataDirectory);
        }
    }

    /** Sends to a bridge that ends at the step, until it does. */
    private void end(Step step, Path dataDirectory) throws IOException, InterruptedException {
        int port = FreePorts.next();
        try (ServerProcess server = ServerProcess.launch(
                dataDirectory,
                HEAP_MEGABYTES,
                List.of(HaltingBridge.class.getName(), Integer.toString(port), step.name(), Integer.toString(PASSING)),
                switches)) {
            server.await("listen", () -> listens(port));
            try (Modality modality = new Modality(port)) {
                for (int i = 0; i < PASSING; i++) {
                    Slice slice = Slice.of(unanswered.size(), i);
                    ledger.sending(slice);
                    assertThat(modality.store(slice))
                            .as("%s, slice %d", step, i)
                            .isZero();
                    ledger.acknowledged(slice);
                }
                Slice last = Slice.of(unanswered.size(), PASSING);
                ledger.sending(last);
                unanswered.put(step, last);
                assertThatThrownBy(() -> modality.store(last)).isInstanceOf(IOException.class);
            }
            assertThat(server.awaitEnd()).as("it has come to %s", step).isEqualTo(HaltingBridge.HALTED);
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.countyhub.fhir.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Eight connections about the same patients. */
class ConcurrentSendersTest {
    private static final int CONNECTIONS = 8;
    private static final int PATIENTS = 4;
    private static final int MESSAGES = 40;

    private static <T> List<T> all(List<Callable<T>> tasks) throws Exception {
        try (var threads = Executors.newFixedThreadPool(tasks.size())) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }

    /** Each connection sends its own sequence of events; the last event of all must be what is kept. */
    @Test
    void theNewestNewsWinsWhicheverConnectionBringsIt() throws Exception {
        try (MllpHub hub = MllpHub.start()) {
            List<Callable<Integer>> senders = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int connection = i;
                senders.add(() -> {
                    Random random = new Random(connection);
                    int accepted = 0;
                    try (MllpClient client = hub.connect()) {
                        for (int j = 0; j < MESSAGES; j++) {
                            int patient = random.nextInt(PATIENTS);
                            // A moment of its own for each message, so that which is the newest is no question of luck.
                            int moment = random.nextInt(3_000) * CONNECTIONS + connection;
                            Answer answer = client.send(message(patient, moment));
                            accepted += answer.code().equals("AA") ? 1 : 0;
                        }
                        for (int patient = 0; patient < PATIENTS; patient++) {
                            accepted += client.send(message(patient, 30_000 + connection))
                                            .code()
                                            .equals("AA")
                                    ? 1
                                    : 0;
                        }
                    }
                    return accepted;
                });
            }

            assertThat(all(senders)).allMatch(accepted -> accepted == MESSAGES + PATIENTS);
            for (int patient = 0; patient < PATIENTS; patient++) {
                assertThat(hub.patient("R" + patient)
                                .path("name")
                                .path(0)
                                .path("text")
                                .asText())
                        .isEqualTo("赵" + (30_000 + CONNECTIONS - 1));
            }
        }
    }

    private static Adt message(int patient, int moment) {
        String time = "20250601%02d%02d%02d".formatted(moment / 3_600, moment / 60 % 60, moment % 60);
        return Adt.man("A08", "R" + patient, "赵^" + moment, "").at(time);
    }

    /** Half of them merge 1 into 2, half 2 into 1: one of the two stands, and never both. */
    @Test
    void twoRecordsAreNeverMergedIntoEachOther() throws Exception {
        try (MllpHub hub = MllpHub.start()) {
            for (int round = 0; round < 5; round++) {
                String one = "M" + round;
                String other = "N" + round;
                hub.accepted(Adt.man("A01", one, "钱^甲", ""));
                hub.accepted(Adt.man("A01", other, "钱^田", ""));
                List<Callable<String>> senders = new ArrayList<>();
                for (int i = 0; i < CONNECTIONS; i++) {
                    boolean turned = i % 2 == 0;
                    senders.add(() -> {
                        Answer answer = hub.send(turned ? Adt.merge(one, other) : Adt.merge(other, one));
                        return answer.code();
                    });
                }

                assertThat(all(senders)).containsOnly("AA", "AE").contains("AA");
                int merged = hub.patient(one).path("link").size()
                        + hub.patient(other).path("link").size();
                assertThat(merged).isEqualTo(1);
                assertThat(hub.person(one)).isEqualTo(hub.person(other));
            }
        }
    }
}

package org.countyhub.fhir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;

class IndexRoomTest {
    private static final int MOST = 2 * IndexRoom.FEW;

    private static void add(IndexRoom.Rows rows, int count) {
        for (int i = 0; i < count; i++) {
            rows.add();
        }
    }

    @Test
    void aWriteOfTooManyRowsIsRefusedAndLeavesRoomForTheNext() {
        IndexRoom room = new IndexRoom(MOST);
        try (IndexRoom.Rows rows = room.open()) {
            add(rows, MOST);
            assertThatThrownBy(rows::add).isInstanceOf(ProblemException.class).hasMessageContaining("" + MOST);
        }
        try (IndexRoom.Rows next = room.open()) {
            add(next, MOST);
        }
    }

    @Test
    void oneOfManyRowsWaitsForAnotherAndFewDoNot() throws Exception {
        IndexRoom room = new IndexRoom(MOST);
        AtomicBoolean ended = new AtomicBoolean();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> second;
            try (IndexRoom.Rows first = room.open()) {
                add(first, MOST);
                try (IndexRoom.Rows few = room.open()) {
                    add(few, IndexRoom.FEW);
                }
                second = clients.submit(() -> {
                    try (IndexRoom.Rows rows = room.open()) {
                        add(rows, MOST);
                        return ended.get();
                    }
                });
                Thread.sleep(100);
                assertThat(second.isDone()).isFalse();
                ended.set(true);
            }
            assertThat(second.get()).isTrue();
        }
    }
}

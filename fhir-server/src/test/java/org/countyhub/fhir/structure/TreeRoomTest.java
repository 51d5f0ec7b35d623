package org.countyhub.fhir.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;

/** A tree is bounded by what it takes of memory, and not by the text that it comes from alone. */
class TreeRoomTest {
    private static final int BYTES = 1_000_000;

    private static int taken(Runnable step) {
        int steps = 0;
        try {
            while (true) {
                step.run();
                steps++;
            }
        } catch (ProblemException e) {
            assertThat(e.problem()).isInstanceOf(Problem.TooLarge.class);
            return steps;
        }
    }

    @Test
    void smallObjectsTakeMoreThanTheirText() {
        assertThat(taken(new TreeRoom(BYTES)::object)).isBetween(BYTES / 250, BYTES / 100);
        assertThat(taken(new TreeRoom(BYTES)::array)).isBetween(BYTES / 200, BYTES / 70);
        assertThat(taken(new TreeRoom(BYTES)::scalar)).isBetween(BYTES / 120, BYTES / 40);
    }

    @Test
    void namesThatNobodySharesTakeMore() {
        TreeRoom room = new TreeRoom(BYTES);

        assertThat(taken(() -> room.property(1000))).isLessThan(taken(new TreeRoom(BYTES)::property) / 2);
    }

    @Test
    void aValueTakesItsPlaceAsWell() {
        TreeRoom room = new TreeRoom(BYTES);

        assertThat(taken(() -> room.value(JsonNodeFactory.instance.objectNode())))
                .isLessThan(BYTES / 180);
        assertThatThrownBy(() -> room.value(JsonNodeFactory.instance.textNode("x")))
                .hasMessageContaining("memory");
    }
}

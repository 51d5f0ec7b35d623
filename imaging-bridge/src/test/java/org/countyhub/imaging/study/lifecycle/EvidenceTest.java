package org.countyhub.imaging.study.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.countyhub.imaging.study.lifecycle.Evidence.Holdings;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    @Test
    void commitmentIsMetOnlyWhenEveryInstanceOfTheStudyIsCommitted() {
        Evidence evidence = Evidence.storageCommitment("1.1", Set.of("1", "2"));

        assertThat(evidence.isMetBy(new Holdings(3, 2, 1))).isFalse();
        assertThat(evidence.isMetBy(new Holdings(3, 2, 0))).isTrue();
        assertThat(evidence.isMetBy(new Holdings(1, 1, 0))).isFalse();
    }

    @Test
    void aStepIsMetWhenAllThatItListsIsHere() {
        Evidence evidence = Evidence.performedProcedureStep("1.1", Set.of("1", "2"));

        assertThat(evidence.isMetBy(new Holdings(5, 1, 5))).isFalse();
        assertThat(evidence.isMetBy(new Holdings(5, 2, 5))).isTrue();
    }

    @Test
    void aCountIsMetWhenItIsReached() {
        Evidence evidence = Evidence.performedProcedureStep("1.1", 3);

        assertThat(evidence.isMetBy(new Holdings(2, 0, 2))).isFalse();
        assertThat(evidence.isMetBy(new Holdings(3, 0, 3))).isTrue();
    }

    @Test
    void whatSaysNothingIsNoEvidence() {
        assertThatThrownBy(() -> Evidence.instanceAvailability("1.1", Set.of())).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Evidence.performedProcedureStep("1.1", 0)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> new Evidence(CompletedBy.QUIET, "1.1", Set.of("1"), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

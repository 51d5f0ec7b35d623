package org.countyhub.fhir.resource.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;

/** How a patch is refused: the kind of problem and the place. */
final class PatchAssertions {
    private PatchAssertions() {}

    static void assertRefused(ThrowingCallable patch, Class<? extends Problem> kind, String place) {
        Fault fault = refusal(patch, kind);
        assertThat(fault.expression()).isEqualTo(place);
    }

    static Fault refusal(ThrowingCallable patch, Class<? extends Problem> kind) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, patch);
        assertThat(refused).isNotNull();
        assertThat(refused.problem()).isInstanceOf(kind);
        return refused.problem().faults().getFirst();
    }
}

package org.countyhub.fhir.resource.patch;

import java.util.List;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** What one application of a patch may still cost, in steps; a step is about one JSON value visited or copied. */
final class Budget {
    /** Some tens of milliseconds, or some tens of megabytes. */
    static final long STEPS = 1_000_000;

    private long left = STEPS;

    void spend(long steps) {
        left -= steps;
        if (left < 0) {
            String diagnostics = "the patch takes more than " + STEPS + " steps";
            throw new Problem.TooCostly(List.of(Fault.of("too-costly", diagnostics))).exception();
        }
    }
}

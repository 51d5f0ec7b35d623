package org.countyhub.fhir.resource.patch;

import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;

/** An operation does not fit the resource. Whoever runs the operations knows which one it is and says so. */
final class Inapplicable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Inapplicable(String message) {
        super(message, null, false, false);
    }

    /** The refusal of the patch because of operation number {@code index}, which stands at {@code place}. */
    ProblemException at(String place, int index) {
        return Problem.unprocessable(Fault.at(place, "processing", "operation " + index + ": " + getMessage()));
    }
}

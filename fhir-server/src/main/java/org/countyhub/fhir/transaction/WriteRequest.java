package org.countyhub.fhir.transaction;

import java.util.List;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * A write and its place in the request.
 *
 * @param fullUrl how other entries of a transaction refer to the resource, or null
 * @param place where the resource stands in the request, such as {@code Bundle.entry[3].resource}; empty for the body
 *     itself
 */
public record WriteRequest(
        WriteOperation operation, @Nullable String fullUrl, String place) {
    /** A write that is a request of its own. */
    public static WriteRequest of(WriteOperation operation) {
        return new WriteRequest(operation, null, "");
    }

    /** The same refusal with the place of this write, where it names a place within the write only. */
    ProblemException placed(ProblemException refusal) {
        if (place.isEmpty()) {
            return refusal;
        }
        List<Fault> faults =
                refusal.problem().faults().stream().map(this::placed).toList();
        return refusal.problem().with(faults).exception();
    }

    private Fault placed(Fault fault) {
        String expression = fault.expression();
        if (expression != null && expression.startsWith("Bundle.entry[")) {
            return fault;
        }
        return new Fault(fault.code(), fault.diagnostics(), expression == null ? place : place + ": " + expression);
    }
}

package org.countyhub.kernel;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request, and where.
 *
 * @param code an IssueType code (FHIR R4, value set issue-type), such as {@code structure} or {@code value}
 * @param diagnostics what is wrong, for a person; never patient data beyond what the sender just sent
 * @param expression the place: a FHIRPath such as {@code Observation.component[2].valueQuantity.value}, a parameter
 *     name such as {@code http.birthdate}, or {@code line 3, column 14}; null when there is no single place
 */
public record Fault(
        String code, String diagnostics, @Nullable String expression) {
    public Fault {
        Objects.requireNonNull(code);
        Objects.requireNonNull(diagnostics);
    }

    /** A fault without a single place. */
    public static Fault of(String code, String diagnostics) {
        return new Fault(code, diagnostics, null);
    }

    /** A fault at a place. */
    public static Fault at(String expression, String code, String diagnostics) {
        return new Fault(code, diagnostics, expression);
    }
}

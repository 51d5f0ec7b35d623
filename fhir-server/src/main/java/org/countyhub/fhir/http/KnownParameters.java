package org.countyhub.fhir.http;

import com.google.common.collect.ImmutableSet;
import java.util.HashSet;
import java.util.Set;
import org.countyhub.kernel.Problem;

/** Which parameters an interaction takes that is no search (FHIR R4 section 3.1.0.1.5, parameters for all interactions). */
enum KnownParameters {
    /** Those that every interaction takes. */
    GENERAL(),
    METADATA("mode"),
    HISTORY("_since", "_at", "_count", "_cursor");

    /** Clients that follow a link add these once more. */
    private static final Set<String> SENT_TWICE = Set.of("_format", "_pretty");

    private static final Set<String> TAKEN_BY_ALL = Set.of("_format", "_pretty", "_summary", "_elements");

    private final ImmutableSet<String> names;

    KnownParameters(String... names) {
        this.names = ImmutableSet.copyOf(names);
    }

    static boolean takenByAll(String name) {
        return TAKEN_BY_ALL.contains(name);
    }

    /** Refuses what the interaction does not take, unless the client asks for lenience, and what is sent twice. */
    void require(FhirRequest request) {
        if (request.parameters().isEmpty()) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (var parameter : request.parameters()) {
            String name = parameter.getKey();
            if (!TAKEN_BY_ALL.contains(name) && !names.contains(name)) {
                if (!request.prefer().lenient()) {
                    throw Problem.badSearch(name, "this interaction takes no parameter " + name);
                }
            } else if (!seen.add(name) && !SENT_TWICE.contains(name)) {
                throw Problem.badSearch(name, name + " is given twice");
            }
        }
    }
}

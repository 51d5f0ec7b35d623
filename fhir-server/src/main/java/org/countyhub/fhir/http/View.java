package org.countyhub.fhir.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.fhir.resource.format.Subset;
import org.countyhub.fhir.resource.format.Summary;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How much of each resource the client wants to see (FHIR R4 sections 3.1.1.5.9 and 3.1.1.5.10).
 *
 * @param summary the value of {@code _summary}, or null
 * @param elements the names in {@code _elements}, or null
 */
record View(@Nullable Summary summary, @Nullable Set<String> elements) {
    /** All of it. */
    static final View WHOLE = new View(null, null);

    private static final Set<String> OF_EVERY_RESOURCE = Set.of("resourceType");

    boolean whole() {
        return summary == null && elements == null;
    }

    /** Refuses a summary that there is not, and an {@code _elements} that names none. */
    static View of(List<Map.Entry<String, String>> parameters) {
        View view = WHOLE;
        for (Map.Entry<String, String> parameter : parameters) {
            switch (parameter.getKey()) {
                case "_summary" -> view = new View(summary(parameter.getValue()), view.elements);
                case "_elements" -> view = new View(view.summary, elements(parameter.getValue()));
                default -> {} // about something else
            }
        }
        return view;
    }

    private static @Nullable Summary summary(String sent) {
        Summary summary = Summary.of(sent);
        if (summary == null) {
            throw Problem.badSearch("_summary", "_summary must be true, text, data, count or false");
        }
        return summary == Summary.FALSE ? null : summary;
    }

    private static Set<String> elements(String sent) {
        Set<String> names = Set.copyOf(List.of(sent.strip().split("\\s*,\\s*", -1)));
        if (names.contains("")) {
            throw Problem.badSearch("_elements", "_elements takes the names of elements, separated by commas");
        }
        return names;
    }

    /**
     * Refuses names that no resource of the answer can have.
     *
     * @param type the type of the resources in the answer; null when they may be of any
     */
    void require(Definitions definitions, @Nullable String type) {
        for (String name : elements == null ? Set.<String>of() : elements) {
            boolean known = type == null
                    ? definitions.resourceTypes().stream().anyMatch(any -> has(definitions, any, name))
                    : has(definitions, type, name);
            if (!known && !OF_EVERY_RESOURCE.contains(name)) {
                throw Problem.badSearch(
                        "_elements", "_elements: " + (type == null ? "no resource" : type) + " has no element " + name);
            }
        }
    }

    private static boolean has(Definitions definitions, String type, String name) {
        var definition = definitions.resource(type);
        return definition.element(name) != null || !definition.byBase(name).isEmpty();
    }

    /** The part of a resource that the client wants to see. */
    ObjectNode of(ObjectNode resource, Subset subset) {
        ObjectNode seen = summary == null ? resource : subset.summary(resource, summary);
        return elements == null ? seen : subset.elements(seen, elements);
    }
}

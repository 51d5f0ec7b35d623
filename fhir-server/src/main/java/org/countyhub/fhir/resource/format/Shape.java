package org.countyhub.fhir.resource.format;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What matters for a subset about the JSON properties of a resource type or a backbone element. */
final class Shape {
    /**
     * One JSON property.
     *
     * @param base its FHIRPath name: {@code value} for {@code valueQuantity}
     * @param summary whether the specification marks it as part of the summary
     * @param mandatory whether it must be there
     * @param backbone the shape of what it holds when that is a backbone element, else null
     */
    record Property(
            String base,
            boolean summary,
            boolean mandatory,
            @Nullable Shape backbone) {}

    private final Map<String, Property> properties;

    /** The map may still be filled: backbone elements contain themselves (Questionnaire.item.item). */
    Shape(Map<String, Property> properties) {
        this.properties = properties;
    }

    @Nullable
    Property property(String jsonName) {
        return properties.get(jsonName);
    }
}

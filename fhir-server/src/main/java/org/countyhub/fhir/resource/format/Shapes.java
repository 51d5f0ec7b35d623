package org.countyhub.fhir.resource.format;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildChoiceDefinition;
import ca.uhn.fhir.context.RuntimeResourceBlockDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The shapes of the resource types, read from HAPI's model when first asked for. Safe for use by many threads. */
final class Shapes {
    private final FhirContext context;
    private final Map<String, Shape> byType = new ConcurrentHashMap<>();

    Shapes(FhirContext context) {
        this.context = context;
    }

    Shape of(JsonNode resource) {
        return byType.computeIfAbsent(
                resource.path("resourceType").asText(),
                type -> shape(context.getResourceDefinition(type), new IdentityHashMap<>()));
    }

    private static Shape shape(
            BaseRuntimeElementCompositeDefinition<?> type,
            Map<BaseRuntimeElementCompositeDefinition<?>, Shape> underWay) {
        Shape known = underWay.get(type);
        if (known != null) {
            return known;
        }
        Map<String, Shape.Property> properties = new HashMap<>();
        Shape shape = new Shape(properties);
        underWay.put(type, shape);
        for (BaseRuntimeChildDefinition child : type.getChildren()) {
            String base = child.getElementName().replace("[x]", "");
            boolean choice = child instanceof RuntimeChildChoiceDefinition;
            for (String name : child.getValidChildNames()) {
                // HAPI also lists the bare name of a choice, and names that JSON does not know.
                if (choice == name.equals(base) || name.endsWith("[x]")) {
                    continue;
                }
                Shape backbone = child.getChildByName(name) instanceof RuntimeResourceBlockDefinition block
                        ? shape(block, underWay)
                        : null;
                properties.put(name, new Shape.Property(base, child.isSummary(), child.getMin() > 0, backbone));
            }
        }
        return shape;
    }
}

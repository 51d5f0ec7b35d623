package org.countyhub.fhir.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.fhir.structure.ElementDefinition;
import org.countyhub.fhir.structure.TypeDefinition;

/** The JSON properties that an element may have: those of its type, and for a primitive its id and its extensions. */
final class Properties {
    private final Definitions definitions;
    private final List<ElementDefinition> ofPrimitives;

    Properties(Definitions definitions) {
        this.definitions = definitions;
        this.ofPrimitives = List.of(
                new ElementDefinition("id", "id", definitions.dataType("string"), false, false, null, null),
                new ElementDefinition(
                        "extension", "extension", definitions.dataType("Extension"), true, false, null, null));
    }

    static boolean primitive(TypeDefinition type) {
        return switch (type.kind()) {
            case PRIMITIVE, XHTML -> true;
            case RESOURCE, ANY_RESOURCE, COMPLEX, BACKBONE -> false;
        };
    }

    Collection<ElementDefinition> of(TypeDefinition type) {
        return primitive(type) ? ofPrimitives : type.elements();
    }

    /** The properties behind a FHIRPath name: one, or one for each type of a choice; none when it is unknown. */
    List<ElementDefinition> named(TypeDefinition type, String base) {
        return primitive(type)
                ? ofPrimitives.stream().filter(each -> each.base().equals(base)).toList()
                : type.byBase(base);
    }

    /** What a property holds; where that may be any resource, the type that the content names. */
    TypeDefinition type(ElementDefinition property, Content content) {
        JsonNode value = content.value();
        if (property.type().kind() == TypeDefinition.Kind.ANY_RESOURCE && value != null) {
            String name = value.path("resourceType").asText();
            return definitions.isResourceType(name) ? definitions.resource(name) : property.type();
        }
        return property.type();
    }

    TypeDefinition resource(JsonNode tree) {
        return definitions.resource(tree.path("resourceType").asText());
    }
}

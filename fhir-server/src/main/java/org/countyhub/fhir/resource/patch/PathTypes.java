package org.countyhub.fhir.resource.patch;

import java.util.Set;
import org.countyhub.fhir.structure.TypeDefinition;

/** Which FHIRPath type name fits which element; a type also answers to the types it is derived from. */
final class PathTypes {
    private static final Set<String> STRINGS = Set.of("string", "code", "id", "markdown");
    private static final Set<String> URIS = Set.of("uri", "url", "canonical", "oid", "uuid");
    private static final Set<String> INTEGERS = Set.of("integer", "positiveInt", "unsignedInt");
    private static final Set<String> QUANTITIES =
            Set.of("Quantity", "SimpleQuantity", "MoneyQuantity", "Age", "Count", "Distance", "Duration");
    private static final Set<String> NOT_DOMAIN_RESOURCES = Set.of("Bundle", "Binary", "Parameters");

    private PathTypes() {}

    static boolean is(Item item, String name) {
        return switch (item) {
            case Element element -> is(element.type(), name);
            case Item.Flag flag -> name.equals("Boolean");
            case Item.Numeral number ->
                name.equals("Decimal")
                        || (name.equals("Integer") && number.value().scale() <= 0);
            case Item.Text text -> name.equals("String");
            case Item.Moment moment -> name.equals("DateTime") || name.equals("Date") || name.equals("Time");
        };
    }

    static boolean is(TypeDefinition type, String name) {
        String actual = type.name();
        return actual.equals(name)
                || switch (name) {
                    case "Resource" -> type.kind() == TypeDefinition.Kind.RESOURCE;
                    case "DomainResource" ->
                        type.kind() == TypeDefinition.Kind.RESOURCE && !NOT_DOMAIN_RESOURCES.contains(actual);
                    case "BackboneElement" -> type.kind() == TypeDefinition.Kind.BACKBONE;
                    case "Element" -> type.kind() != TypeDefinition.Kind.RESOURCE;
                    case "string" -> STRINGS.contains(actual);
                    case "uri" -> URIS.contains(actual);
                    case "integer" -> INTEGERS.contains(actual);
                    case "Quantity" -> quantity(type);
                    default -> false;
                };
    }

    /** Quantity or one of the types that only narrow it. */
    static boolean quantity(TypeDefinition type) {
        return QUANTITIES.contains(type.name());
    }
}

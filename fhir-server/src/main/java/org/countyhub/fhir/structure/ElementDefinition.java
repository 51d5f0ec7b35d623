package org.countyhub.fhir.structure;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One JSON property that a type may have (FHIR R4 section 2.6.2). Each type of a choice element is an element of its
 * own: {@code valueQuantity} has {@code base} {@code value}.
 *
 * @param name the JSON property, such as {@code valueQuantity} or {@code code}
 * @param base the element's name in FHIRPath, such as {@code value} or {@code code}
 * @param type what its value must be
 * @param repeats whether the JSON value is an array
 * @param required whether the element's minimum cardinality is one; a choice is required as a whole
 * @param codes the allowed codes when the element is bound with strength required to an enumeration, else null
 * @param codeSystem the code system of all those codes; null when there are none or they come from several systems
 */
public record ElementDefinition(
        String name,
        String base,
        TypeDefinition type,
        boolean repeats,
        boolean required,
        @Nullable Set<String> codes,
        @Nullable String codeSystem) {

    /** An element that is not bound to an enumeration. */
    ElementDefinition(String name, String base, TypeDefinition type, boolean repeats, boolean required) {
        this(name, base, type, repeats, required, null, null);
    }

    /** Whether the element is one of several types of a choice. */
    public boolean choice() {
        return !name.equals(base);
    }

    @Override
    public String toString() {
        return name + ":" + type.name() + (repeats ? "*" : "");
    }
}

package org.countyhub.fhir.resource.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.countyhub.fhir.structure.TypeDefinition;

/** The new content that an operation of a FHIRPath Patch brings. */
sealed interface PatchValue {
    /** A value of a type that Parameters can carry: {@code valueHumanName}, {@code valueCode} with {@code _valueCode}. */
    record Typed(TypeDefinition type, Content content) implements PatchValue {}

    /** A type that Parameters cannot carry, such as Patient.contact, by its elements (R4, fhirpatch.html#anonymous). */
    record Parts(List<Part> parts) implements PatchValue {}

    /** A resource, for an element that holds one. */
    record Whole(ObjectNode resource) implements PatchValue {}

    /** One element of a value given in parts. */
    record Part(String name, PatchValue value) {}
}

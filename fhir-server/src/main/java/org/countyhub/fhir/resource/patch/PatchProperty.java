package org.countyhub.fhir.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.countyhub.fhir.structure.ElementDefinition;
import org.countyhub.fhir.structure.TypeDefinition;

/**
 * A JSON property together with new content that fits it. FHIR R4, fhirpatch.html: the type of a value must be right for
 * its place. Primitive types that JSON writes alike pass for one another (a string for a code), since the update that
 * follows checks the form; in a choice the type decides about the property and must be exact.
 */
record PatchProperty(ElementDefinition definition, Content content) {
    private static final Set<String> NUMBERS = Set.of("decimal", "integer", "positiveInt", "unsignedInt");

    /** The property of an owner for a FHIRPath name ({@code value}) or a JSON name ({@code valueQuantity}). */
    static PatchProperty of(TypeDefinition owner, String name, PatchValue value, Properties properties) {
        List<ElementDefinition> candidates = properties.named(owner, name);
        ElementDefinition exact = owner.element(name);
        if (candidates.isEmpty() && exact != null) {
            candidates = List.of(exact);
        }
        if (candidates.isEmpty()) {
            throw new Inapplicable(owner.name() + " has no element " + name);
        }
        for (ElementDefinition candidate : candidates) {
            if (fits(candidate, value, candidates.size() == 1)) {
                return new PatchProperty(candidate, content(candidate.type(), value, properties));
            }
        }
        throw new Inapplicable("the value has not the type of " + owner.name() + "." + name);
    }

    private static boolean fits(ElementDefinition candidate, PatchValue value, boolean only) {
        TypeDefinition type = candidate.type();
        return switch (value) {
            case PatchValue.Typed typed ->
                type.name().equals(typed.type().name())
                        || (PathTypes.quantity(type) && PathTypes.quantity(typed.type()))
                        || (!candidate.choice() && alike(type, typed.type(), typed.content()));
            case PatchValue.Parts parts ->
                only && (type.kind() == TypeDefinition.Kind.BACKBONE || type.kind() == TypeDefinition.Kind.COMPLEX);
            case PatchValue.Whole whole -> type.kind() == TypeDefinition.Kind.ANY_RESOURCE;
        };
    }

    private static boolean alike(TypeDefinition wanted, TypeDefinition given, Content content) {
        if (!Properties.primitive(wanted) || !Properties.primitive(given)) {
            return false;
        }
        JsonNode value = content.value();
        if (value == null) {
            return true;
        }
        if (wanted.name().equals("boolean")) {
            return value.isBoolean();
        }
        return NUMBERS.contains(wanted.name()) ? value.isNumber() : value.isTextual();
    }

    private static Content content(TypeDefinition type, PatchValue value, Properties properties) {
        return switch (value) {
            case PatchValue.Typed typed -> typed.content().copy();
            case PatchValue.Parts anonymous -> new Content(object(type, anonymous.parts(), properties), null);
            case PatchValue.Whole whole -> new Content(whole.resource().deepCopy(), null);
        };
    }

    private static ObjectNode object(TypeDefinition type, List<PatchValue.Part> parts, Properties properties) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (PatchValue.Part part : parts) {
            of(type, part.name(), part.value(), properties).appendTo(object, type, properties);
        }
        return object;
    }

    /** Adds the content to an object: at the end of a list, or as the only one where none may be before it. */
    void appendTo(ObjectNode holder, TypeDefinition owner, Properties properties) {
        for (ElementDefinition each : properties.named(owner, definition.base())) {
            if (!definition.repeats() && !Content.read(holder, each).isEmpty()) {
                throw new Inapplicable(owner.name() + "." + definition.base() + " is already there");
            }
        }
        List<Content> contents = Content.read(holder, definition);
        contents.add(content);
        Content.write(holder, definition, contents);
    }
}

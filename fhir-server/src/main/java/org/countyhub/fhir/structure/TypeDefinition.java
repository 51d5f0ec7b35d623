package org.countyhub.fhir.structure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A type of FHIR R4: a resource, a complex or primitive data type, or a backbone element. Types may contain themselves
 * ({@code Questionnaire.item.item}), so a type is compared by identity.
 */
public final class TypeDefinition {
    /** What kind of JSON value a type has. */
    public enum Kind {
        RESOURCE,
        COMPLEX,
        BACKBONE,
        PRIMITIVE,
        /** Narrative: a string that holds an XHTML div. */
        XHTML,
        /** Any resource: {@code contained}, {@code Bundle.entry.resource}, {@code Parameters.parameter.resource}. */
        ANY_RESOURCE
    }

    private final String name;
    private final Kind kind;
    private final @Nullable Primitive primitive;
    private final Map<String, ElementDefinition> elements = new LinkedHashMap<>();
    private final Map<String, List<String>> requirements = new LinkedHashMap<>();
    private final Map<String, Integer> positions = new HashMap<>();

    TypeDefinition(String name, Kind kind) {
        this.name = name;
        this.kind = kind;
        this.primitive = kind == Kind.PRIMITIVE ? Primitive.named(name) : null;
    }

    void add(ElementDefinition element) {
        positions.putIfAbsent(element.base(), positions.size());
        if (elements.putIfAbsent(element.name(), element) == null && element.required()) {
            requirements
                    .computeIfAbsent(element.base(), base -> new ArrayList<>())
                    .add(element.name());
        }
    }

    /** {@code Observation}, {@code CodeableConcept}, {@code dateTime}; for a backbone its path, {@code Observation.component}. */
    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /** The element behind a JSON property, or null when the type has none of that name. */
    public @Nullable ElementDefinition element(String jsonName) {
        return elements.get(jsonName);
    }

    /** Which primitive type this is; only for kind PRIMITIVE. */
    Primitive primitive() {
        return Objects.requireNonNull(primitive);
    }

    /** What must be there: for each required element, or choice, the properties of which one suffices. */
    Map<String, List<String>> requirements() {
        return requirements;
    }

    /** The place of an element in the order of the specification; the types of a choice share one. */
    int position(ElementDefinition element) {
        return Objects.requireNonNull(positions.get(element.base()));
    }

    /**
     * Whether XML has the element as an attribute (FHIR R4 section 2.6.1): the id of an element and the url of an
     * extension. Such a one bears neither id nor extensions in JSON either.
     */
    boolean isAttribute(ElementDefinition element) {
        return (element.name().equals("id") && kind != Kind.RESOURCE)
                || (element.name().equals("url") && name.equals("Extension"));
    }

    /** Every element, in the order of the specification. */
    public Collection<ElementDefinition> elements() {
        return Collections.unmodifiableCollection(elements.values());
    }

    /** The elements that a FHIRPath name stands for: one, or one for each type of a choice; empty when unknown. */
    public List<ElementDefinition> byBase(String base) {
        return elements.values().stream().filter(e -> e.base().equals(base)).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}

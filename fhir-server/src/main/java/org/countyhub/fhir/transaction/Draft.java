package org.countyhub.fhir.transaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.structure.Place;
import org.countyhub.fhir.structure.StructureVisitor;
import org.countyhub.fhir.structure.StructureWalk;
import org.countyhub.fhir.structure.UriValue;
import org.jspecify.annotations.Nullable;

/**
 * A resource on its way into the store, with every place in it that a transaction may rewrite and what the client wrote
 * there. The client's text is kept apart, because a transaction that meets another one is planned again.
 */
final class Draft {
    /** A place to rewrite and what the client wrote there. */
    sealed interface Slot {
        String sent();

        record Literal(ObjectNode reference, String sent, String place) implements Slot {}

        record Uri(UriValue value, String sent) implements Slot {}

        record Narrative(ObjectNode narrative, String sent) implements Slot {}
    }

    final ObjectNode resource;
    final @Nullable String fullUrl;
    private final List<Slot> slots;
    /** The local resources that the rewritten content refers to, and the first place that does. */
    final Map<ResourceKey, String> references = new LinkedHashMap<>();

    private Draft(ObjectNode resource, @Nullable String fullUrl, List<Slot> slots) {
        this.resource = resource;
        this.fullUrl = fullUrl;
        this.slots = slots;
    }

    /** Reads a resource; identifiers are brought to their canonical systems on the way. */
    static Draft of(
            ObjectNode resource,
            @Nullable String fullUrl,
            String place,
            StructureWalk walk,
            IdentifierNormalizer identifiers) {
        List<Slot> slots = new ArrayList<>();
        walk.walk(resource, new StructureVisitor() {
            @Override
            public void reference(ObjectNode reference, Place at) {
                String literal = reference.path("reference").asText();
                if (!literal.isEmpty() && !literal.startsWith("#")) {
                    slots.add(new Slot.Literal(reference, literal, place(place, at)));
                }
            }

            @Override
            public void identifier(ObjectNode identifier, Place at) {
                identifiers.normalize(identifier);
            }

            @Override
            public void uri(UriValue uri, Place at) {
                String text = uri.text();
                if (text.startsWith("urn:uuid:") || text.startsWith("urn:oid:")) {
                    slots.add(new Slot.Uri(uri, text));
                }
            }

            @Override
            public void narrative(ObjectNode narrative, Place at) {
                String div = narrative.path("div").asText();
                if (div.contains("urn:")) {
                    slots.add(new Slot.Narrative(narrative, div));
                }
            }
        });
        return new Draft(resource, fullUrl, slots);
    }

    private static String place(String outer, Place at) {
        if (outer.isEmpty()) {
            return at.toString();
        }
        String inner = at.toString();
        int dot = inner.indexOf('.');
        return dot < 0 ? outer : outer + inner.substring(dot);
    }

    List<Slot> slots() {
        return slots;
    }
}

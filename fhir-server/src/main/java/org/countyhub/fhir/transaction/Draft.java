package org.countyhub.fhir.transaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.fhir.resource.LocalReferences;
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

        record Literal(ObjectNode reference, String sent, String place, ReferenceForm form) implements Slot {}

        record Uri(UriValue value, String sent) implements Slot {}

        record Narrative(ObjectNode narrative, String sent) implements Slot {}
    }

    /** A reference to one version of a local resource, and the place that has it. */
    record VersionReference(ResourceKey key, String version, String place) {}

    final ObjectNode resource;
    final @Nullable String fullUrl;
    private final List<Slot> slots;
    private final @Nullable ResourceKey first;
    /** The local resources that the rewritten content refers to, and the first place that does. */
    final Map<ResourceKey, String> references = new LinkedHashMap<>();
    /** The versions among them that the rewritten content refers to. */
    final List<VersionReference> versions = new ArrayList<>();
    /** The local resources that the content names without referring to them: by a canonical, or as part of a document. */
    final Set<ResourceKey> mentions = new LinkedHashSet<>();

    private Draft(ObjectNode resource, @Nullable String fullUrl, List<Slot> slots, @Nullable ResourceKey first) {
        this.resource = resource;
        this.fullUrl = fullUrl;
        this.slots = slots;
        this.first = first;
    }

    /** Reads a resource; identifiers are brought to their canonical systems on the way. */
    static Draft of(
            ObjectNode resource,
            @Nullable String fullUrl,
            String place,
            StructureWalk walk,
            IdentifierNormalizer identifiers,
            LocalReferences local) {
        List<Slot> slots = new ArrayList<>();
        boolean bundle = resource.path("resourceType").asText().equals("Bundle");
        walk.walk(resource, new StructureVisitor() {
            /** What a Bundle carries was put together elsewhere, and its references are between its entries. */
            private boolean carried(Place at) {
                return bundle && !at.resourceType().equals("Bundle");
            }

            @Override
            public void reference(ObjectNode reference, Place at) {
                String literal = reference.path("reference").asText();
                if (!literal.isEmpty() && !literal.startsWith("#") && !carried(at)) {
                    slots.add(new Slot.Literal(reference, literal, place(place, at), ReferenceForm.of(literal, local)));
                }
            }

            @Override
            public void identifier(ObjectNode identifier, Place at) {
                IdentifierNormalizer.refuseTransient(identifier);
                if (!carried(at)) {
                    identifiers.normalize(identifier);
                }
            }

            @Override
            public void uri(UriValue uri, Place at) {
                String text = uri.text();
                boolean rewritten = text.startsWith("urn:uuid:") || text.startsWith("urn:oid:");
                if (!bundle && (rewritten || local.key(text) != null)) {
                    slots.add(new Slot.Uri(uri, text));
                }
            }

            @Override
            public void narrative(ObjectNode narrative, Place at) {
                String div = narrative.path("div").asText();
                if (div.contains("urn:") && !carried(at)) {
                    slots.add(new Slot.Narrative(narrative, div));
                }
            }
        });
        return new Draft(resource, fullUrl, slots, bundle ? first(resource) : null);
    }

    /** The first entry of a Bundle, which search parameters of documents and messages lead to. */
    private static @Nullable ResourceKey first(ObjectNode bundle) {
        JsonNode first = bundle.path("entry").path(0).path("resource");
        return ResourceKey.ofReference(
                first.path("resourceType").asText() + "/" + first.path("id").asText());
    }

    private static String place(String outer, Place at) {
        if (outer.isEmpty()) {
            return at.toString();
        }
        String inner = at.toString();
        int dot = inner.indexOf('.');
        return dot < 0 ? outer : outer + inner.substring(dot);
    }

    /** Forgets what an earlier attempt at the transaction found out. */
    void forget() {
        references.clear();
        versions.clear();
        mentions.clear();
        if (first != null) {
            mentions.add(first);
        }
    }

    /** Every local resource that the content names. */
    Set<ResourceKey> named() {
        Set<ResourceKey> named = new LinkedHashSet<>(references.keySet());
        named.addAll(mentions);
        return named;
    }

    List<Slot> slots() {
        return slots;
    }
}

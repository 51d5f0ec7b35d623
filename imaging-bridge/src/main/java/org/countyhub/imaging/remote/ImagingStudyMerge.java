package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What the index says of a study, joined with the ImagingStudy that is there already, such as one that a radiology information system
 * has made of its order. The index is asked what the images are: status, modalities, start, counts, series, instances, and where
 * they are fetched. Identifiers and orders are of both. All else, the subject too, is kept as it is there, and only filled in where
 * it is missing.
 */
final class ImagingStudyMerge {
    /** Elements that the index alone decides about. */
    private static final Set<String> OWN =
            Set.of("status", "modality", "started", "endpoint", "numberOfSeries", "numberOfInstances", "series");

    private ImagingStudyMerge() {}

    /**
     * The resource to write over the one that is there.
     *
     * @param there as read, of the same study and person
     * @param own as {@link ImagingStudyResource} makes it; it is not changed
     * @param accessions numbers by which an order may be named there without a reference
     */
    static ObjectNode of(JsonNode there, ObjectNode own, Set<Token> accessions, FhirClient client) {
        ObjectNode merged = PublishedStudy.copy(there);
        merged.remove("series"); // of a study that is deleted there is nothing left
        own.properties().forEach(element -> {
            String name = element.getKey();
            JsonNode value = element.getValue();
            switch (name) {
                case "identifier" -> merged.set(name, identifiers(there.path(name), value));
                case "basedOn" ->
                    merged.set(
                            name,
                            joined(there.path(name), value, (one, other) -> isSame(one, other, accessions, client)));
                case "series" -> merged.set(name, series(there.path(name), value));
                case "subject" -> merged.set(name, filled(there.path(name), value));
                default -> {
                    if (OWN.contains(name) || !merged.has(name)) {
                        merged.set(name, value.deepCopy());
                    }
                }
            }
        });
        return merged;
    }

    /** Of both, but of the insurance's entries the one that holds now. */
    private static ArrayNode identifiers(JsonNode there, JsonNode own) {
        List<Token> current = Token.all(own);
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode identifier : there) {
            List<Token> token = Token.all(List.of(identifier));
            boolean outdated = !token.isEmpty()
                    && token.getFirst().system().equals(Systems.CLOUD_INDEX)
                    && !current.contains(token.getFirst());
            if (!outdated) {
                kept.add(identifier);
            }
        }
        return joined(kept, own, (one, other) -> Token.all(List.of(one)).equals(Token.all(List.of(other))));
    }

    /** Whether an order that is named there is the study's: by its reference or, where there is none, by its number. */
    private static boolean isSame(JsonNode there, JsonNode own, Set<Token> accessions, FhirClient client) {
        if (there.has("reference")) {
            String reference = client.local(there.path("reference").asText());
            return reference != null
                    && reference.equals(client.local(own.path("reference").asText()));
        }
        return Token.all(List.of(there.path("identifier"))).stream().anyMatch(accessions::contains);
    }

    /** The entries that are there, filled in where the index has the same one, and then those that are new. */
    private static ArrayNode joined(JsonNode there, JsonNode own, BiPredicate<JsonNode, JsonNode> same) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        there.forEach(entry -> all.add(entry.deepCopy()));
        for (JsonNode entry : own) {
            int place = 0;
            while (place < all.size() && !same.test(all.get(place), entry)) {
                place++;
            }
            if (place == all.size()) {
                all.add(entry.deepCopy());
            } else {
                all.set(place, filled(all.get(place), entry));
            }
        }
        return all;
    }

    /** The series of the index, with what else is said of them there, such as who performed them. */
    private static ArrayNode series(JsonNode there, JsonNode own) {
        Map<String, JsonNode> known = new HashMap<>();
        there.forEach(one -> known.put(one.path("uid").asText(), one));
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (JsonNode one : own) {
            @Nullable JsonNode before = known.get(one.path("uid").asText());
            all.add(before == null ? one.deepCopy() : filled(one, withoutInstances(before)));
        }
        return all;
    }

    private static JsonNode withoutInstances(JsonNode series) {
        ObjectNode rest = series.deepCopy();
        return rest.without("instance");
    }

    /** The one element, with those parts of the other that it has not. */
    private static JsonNode filled(JsonNode element, JsonNode with) {
        if (!(element.deepCopy() instanceof ObjectNode filled)) {
            return with.deepCopy();
        }
        with.properties().forEach(part -> {
            if (!filled.has(part.getKey())) {
                filled.set(part.getKey(), part.getValue().deepCopy());
            }
        });
        return filled;
    }
}

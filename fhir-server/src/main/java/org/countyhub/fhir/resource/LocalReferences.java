package org.countyhub.fhir.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which literal references name resources of this server: relative ones, and absolute ones under an address that
 * the server answers at (FHIR R4 section 2.3.0.1).
 *
 * @param bases the server's own FHIR base addresses, each without a trailing slash
 */
public record LocalReferences(List<String> bases) {
    /** The resource of this server that the reference names, or null. */
    public @Nullable ResourceKey key(String reference) {
        return ResourceKey.ofReference(relative(reference));
    }

    /** The resources of this server that stored content refers to: what is stored has relative references only. */
    public static Set<ResourceKey> within(JsonNode content) {
        Set<ResourceKey> keys = new LinkedHashSet<>();
        for (JsonNode reference : content.findValues("reference")) {
            ResourceKey key = reference.isTextual() ? ResourceKey.ofReference(reference.textValue()) : null;
            if (key != null) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** What follows the server's own address in an absolute reference to it; any other reference as it is. */
    public String relative(String reference) {
        if (reference.startsWith("http")) {
            for (String base : bases) {
                if (reference.startsWith(base) && reference.startsWith("/", base.length())) {
                    return reference.substring(base.length() + 1);
                }
            }
        }
        return reference;
    }
}

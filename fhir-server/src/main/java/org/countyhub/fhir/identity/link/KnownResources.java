package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStore;
import org.countyhub.fhir.resource.StoredVersion;

/**
 * Which of the resources that a gateway names are there: to these a record refers, the others it names in words, as a
 * reference to nothing would be refused.
 *
 * @param numbers the number of each that is there
 */
record KnownResources(Map<ResourceKey, Long> numbers) {
    static KnownResources among(Collection<ResourceKey> keys, ResourceStore store) {
        Map<ResourceKey, Long> numbers = new HashMap<>();
        for (ResourceKey key : keys) {
            StoredVersion stored = store.read(key);
            if (stored != null && stored.change().readable()) {
                numbers.put(key, stored.surrogate());
            }
        }
        return new KnownResources(numbers);
    }

    /**
     * A Reference to a resource.
     *
     * @param references takes the number of what is referred to
     */
    ObjectNode reference(ResourceKey key, Map<ResourceKey, Long> references) {
        ObjectNode reference = JsonNodeFactory.instance.objectNode();
        Long number = numbers.get(key);
        if (number != null) {
            references.put(key, number);
            return reference.put("reference", key.toString());
        }
        return reference.put("type", key.type()).put("display", key.toString());
    }
}

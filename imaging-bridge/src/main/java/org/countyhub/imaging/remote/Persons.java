package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is one person with a Patient. The FHIR server alone decides that; nothing here compares names or numbers, and what is linked
 * (orders, reports) is linked within one person only.
 */
final class Persons {
    private final FhirClient client;

    Persons(FhirClient client) {
        this.client = client;
    }

    /**
     * The county's person that a Patient is linked to; the Patient alone where there is none yet.
     *
     * @param patient {@code Patient/[id]}
     */
    CountyPerson of(String patient) {
        List<JsonNode> linked = client.search("Person", Map.of("link", patient)).stream()
                .filter(Persons::isCountyPerson)
                .toList();
        if (linked.size() != 1) {
            return new CountyPerson(null, Set.of(patient), List.of());
        }
        JsonNode person = linked.getFirst();
        Set<String> patients = new HashSet<>(Set.of(patient));
        for (JsonNode link : person.path("link")) {
            @Nullable
            String target = client.local(link.path("target").path("reference").asText());
            if (target != null && target.startsWith("Patient/")) {
                patients.add(target);
            }
        }
        return new CountyPerson("Person/" + person.path("id").asText(), patients, Token.all(person.path("identifier")));
    }

    /** Persons that somebody else has sent say nothing. */
    private static boolean isCountyPerson(JsonNode person) {
        for (JsonNode tag : person.path("meta").path("tag")) {
            if (tag.path("system").asText().equals(Systems.RECORD_KIND)
                    && tag.path("code").asText().equals("county-person")) {
                return true;
            }
        }
        return false;
    }
}

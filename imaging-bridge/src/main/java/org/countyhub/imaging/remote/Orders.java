package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The order of a study: the ServiceRequest with the study's accession number as an identifier, of a patient of the same person. It is
 * named only where there is exactly one; an accession number under which several were ordered names none, and an order of another
 * person never counts, whatever its number.
 */
final class Orders {
    private static final String MAX = "50";

    private final FhirClient client;

    Orders(FhirClient client) {
        this.client = client;
    }

    /** {@code ServiceRequest/[id]}; empty for none, or for more than one. */
    Optional<String> of(Token accession, CountyPerson person) {
        List<JsonNode> found =
                client.search("ServiceRequest", Map.of("identifier", accession.search(), "_count", MAX)).stream()
                        .filter(order -> person.has(client.local(
                                order.path("subject").path("reference").asText())))
                        .filter(order -> !order.path("status").asText().equals("entered-in-error"))
                        .toList();
        return found.size() == 1 ? Optional.of(PublishedStudy.reference(found.getFirst())) : Optional.empty();
    }
}

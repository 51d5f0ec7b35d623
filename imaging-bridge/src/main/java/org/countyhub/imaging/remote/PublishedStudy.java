package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What links an ImagingStudy to orders and reports.
 *
 * @param reference {@code ImagingStudy/[id]}
 * @param uid its Study Instance UID
 * @param accessions its accession numbers, of type ACSN
 * @param orders {@code ServiceRequest/[id]} that it is based on
 * @param subject {@code Patient/[id]}
 */
record PublishedStudy(String reference, Token uid, Set<Token> accessions, Set<String> orders, String subject) {
    /** From the resource; null for one without a Study Instance UID or a Patient of the server. */
    static @Nullable PublishedStudy of(JsonNode resource, String reference, FhirClient client) {
        Token uid = null;
        Set<Token> accessions = new HashSet<>();
        for (JsonNode identifier : resource.path("identifier")) {
            List<Token> token = Token.all(List.of(identifier));
            if (token.isEmpty()) {
                continue;
            }
            if (token.getFirst().system().equals(Token.DICOM_UID)) {
                uid = token.getFirst();
            } else if (identifier
                    .path("type")
                    .path("coding")
                    .path(0)
                    .path("code")
                    .asText()
                    .equals("ACSN")) {
                accessions.add(token.getFirst());
            }
        }
        Set<String> orders = new HashSet<>();
        for (JsonNode order : resource.path("basedOn")) {
            String local = client.local(order.path("reference").asText());
            if (local != null) {
                orders.add(local);
            }
        }
        String subject = client.local(resource.path("subject").path("reference").asText());
        return uid == null || subject == null || !subject.startsWith("Patient/")
                ? null
                : new PublishedStudy(reference, uid, accessions, orders, subject);
    }

    /** The resource's own reference. */
    static String reference(JsonNode resource) {
        return Objects.requireNonNull(resource).path("resourceType").asText() + "/"
                + resource.path("id").asText();
    }
}

package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * @param withdrawn whether it is cancelled or entered in error, so that nothing is linked to it any more
 */
record PublishedStudy(
        String reference, Token uid, Set<Token> accessions, Set<String> orders, String subject, boolean withdrawn) {
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
                : new PublishedStudy(reference, uid, accessions, orders, subject, isWithdrawn(resource));
    }

    /** Whether an ImagingStudy is cancelled or entered in error. */
    static boolean isWithdrawn(JsonNode imagingStudy) {
        String status = imagingStudy.path("status").asText();
        return status.equals(ImagingStudyResource.CANCELLED) || status.equals(ImagingStudyResource.ENTERED_IN_ERROR);
    }

    /** A resource that was read, as it is written back: without what the server itself says of it. */
    static ObjectNode copy(JsonNode read) {
        ObjectNode copy = read.deepCopy();
        if (copy.get("meta") instanceof ObjectNode meta) {
            meta.remove(List.of("versionId", "lastUpdated"));
            if (meta.isEmpty()) {
                copy.remove("meta");
            }
        }
        return copy;
    }

    /** The version of a resource that was read. */
    static String version(JsonNode read) {
        return read.path("meta").path("versionId").asText();
    }

    /** The resource's own reference. */
    static String reference(JsonNode resource) {
        return Objects.requireNonNull(resource).path("resourceType").asText() + "/"
                + resource.path("id").asText();
    }
}

package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * Whether a DiagnosticReport is about a study. It is if it
 *
 * <ul>
 *   <li>names the Study Instance UID, as an identifier of its own ({@code urn:dicom:uid}) or of {@code imagingStudy}, or
 *   <li>carries the study's accession number, as an identifier of its own or of {@code basedOn}, system and value, or
 *   <li>is based on the ServiceRequest that the study is based on.
 * </ul>
 *
 * No report is about a study that is cancelled or entered in error. That both are of one person is asked apart, and always. All studies under an accession number belong to its report, and all
 * reports under it, such as a later addendum, to its studies.
 */
final class ReportRule {
    private static final Set<String> NOT_MEANT = Set.of("entered-in-error", "cancelled");

    private ReportRule() {}

    static boolean isAbout(JsonNode report, PublishedStudy study, FhirClient client) {
        if (study.withdrawn() || NOT_MEANT.contains(report.path("status").asText())) {
            return false;
        }
        for (Token own : Token.all(report.path("identifier"))) {
            if (own.equals(study.uid()) || study.accessions().contains(own)) {
                return true;
            }
        }
        for (JsonNode imaging : report.path("imagingStudy")) {
            if (Token.all(List.of(imaging.path("identifier"))).contains(study.uid())) {
                return true;
            }
        }
        for (JsonNode order : report.path("basedOn")) {
            String local = client.local(order.path("reference").asText());
            boolean named =
                    Token.all(List.of(order.path("identifier"))).stream().anyMatch(study.accessions()::contains);
            if (named || (local != null && study.orders().contains(local))) {
                return true;
            }
        }
        return false;
    }
}

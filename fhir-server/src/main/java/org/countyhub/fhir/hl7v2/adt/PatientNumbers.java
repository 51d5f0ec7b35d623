package org.countyhub.fhir.hl7v2.adt;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.countyhub.fhir.hl7v2.message.ErrorCode;
import org.countyhub.fhir.hl7v2.message.Location;
import org.countyhub.fhir.hl7v2.message.Refusal;
import org.countyhub.fhir.hl7v2.sender.Sender;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.search.SearchStore;
import org.countyhub.fhir.search.model.SearchQuery;
import org.countyhub.fhir.search.parse.SearchParser;
import org.countyhub.fhir.structure.ResourceParser;

/** Finds the record that a sender means by its number. */
final class PatientNumbers {
    private final SearchParser searches;
    private final SearchStore search;
    private final ResourceParser parser;

    PatientNumbers(SearchParser searches, SearchStore search, ResourceParser parser) {
        this.searches = searches;
        this.search = search;
        this.parser = parser;
    }

    /** The criteria of conditional interactions that find a number. */
    static String criteria(String system, String number) {
        return "identifier=" + URLEncoder.encode(token(system, number), StandardCharsets.UTF_8);
    }

    private static String token(String system, String number) {
        return escaped(system) + "|" + escaped(number);
    }

    /** R4 section 3.1.1.4.5. */
    private static String escaped(String text) {
        return text.replaceAll("[\\\\,|$]", "\\\\$0");
    }

    /** The record under a number, new if there is none. */
    PatientRecord find(Sender sender, String number, Location at) {
        SearchQuery parsed = searches.parse(
                        "Patient", List.of(Map.entry("identifier", token(sender.patientSystem(), number))), false, null)
                .query();
        List<StoredVersion> found = search.matches(List.of(SearchQuery.of("Patient", parsed.criteria(), 2)))
                .getFirst();
        if (found.isEmpty()) {
            return PatientRecord.fresh(sender, number);
        }
        if (found.size() > 1) {
            throw Refusal.error(
                    at,
                    ErrorCode.DUPLICATE_KEY_IDENTIFIER,
                    "several Patients of the hub have this number; one must go");
        }
        PatientRecord record = new PatientRecord(
                sender, number, found.getFirst(), parser.read(found.getFirst().json()));
        String owner =
                record.content().path("managingOrganization").path("reference").asText();
        if (!owner.isEmpty() && !owner.equals(sender.organization())) {
            throw Refusal.error(
                    at,
                    ErrorCode.DUPLICATE_KEY_IDENTIFIER,
                    "the Patient with this number is kept by another organization than the sender's");
        }
        return record;
    }
}

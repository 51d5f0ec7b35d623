package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.kernel.Problem;

/** DiagnosticReports of a study, and the link from the one to the other: {@code DiagnosticReport.imagingStudy}. */
final class Reports {
    private static final String MAX = "100";
    private static final int ATTEMPTS = 4;
    private static final int RETRY_SECONDS = 5;

    private final FhirClient client;

    Reports(FhirClient client) {
        this.client = client;
    }

    /** Links the reports that are there already. */
    void link(PublishedStudy study, CountyPerson person) {
        for (JsonNode report : candidates(study, person)) {
            if (person.has(subject(report)) && ReportRule.isAbout(report, study, client)) {
                attach(report, study, person);
            }
        }
    }

    /** The reports about the study, of the same person. */
    List<JsonNode> about(PublishedStudy study, CountyPerson person) {
        List<JsonNode> about = new ArrayList<>();
        for (JsonNode report : candidates(study, person)) {
            if (person.has(subject(report)) && (isLinked(report, study) || ReportRule.isAbout(report, study, client))) {
                about.add(report);
            }
        }
        return about;
    }

    /**
     * What may be about the study: found by its numbers, and the newest of the person, since a search cannot ask for what
     * {@code imagingStudy} names by an identifier (R4, DiagnosticReport has no such parameter).
     */
    private Iterable<JsonNode> candidates(PublishedStudy study, CountyPerson person) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        StringBuilder numbers = new StringBuilder(study.uid().search());
        study.accessions().forEach(accession -> numbers.append(',').append(accession.search()));
        collect(Map.of("identifier", numbers.toString(), "_count", MAX), found);
        if (!study.orders().isEmpty()) {
            collect(Map.of("based-on", String.join(",", study.orders()), "_count", MAX), found);
        }
        collect(
                person.person() == null
                        ? Map.of("patient", String.join(",", person.patients()), "_count", MAX)
                        : Map.of("person", person.person(), "_count", MAX),
                found);
        return found.values();
    }

    private void collect(Map<String, String> parameters, Map<String, JsonNode> found) {
        client.search("DiagnosticReport", parameters)
                .forEach(report -> found.putIfAbsent(report.path("id").asText(), report));
    }

    /** Whose a report is: {@code Patient/[id]}, or an empty text. */
    String subject(JsonNode report) {
        String subject = client.local(report.path("subject").path("reference").asText());
        return subject == null ? "" : subject;
    }

    /**
     * Adds the study to a report by a patch of the very version that was looked at; where somebody else was faster, the new version is
     * looked at again.
     */
    void attach(JsonNode report, PublishedStudy study, CountyPerson person) {
        JsonNode current = report;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            boolean meant = person.has(subject(current)) && ReportRule.isAbout(current, study, client);
            if (!meant || isLinked(current, study)) {
                return;
            }
            String reference = PublishedStudy.reference(current);
            Answer answer = client.patch(
                    reference, current.path("meta").path("versionId").asText(), patch(current, study));
            if (answer.status() != 412) {
                answer.ok();
                return;
            }
            Answer again = client.get(reference);
            if (Set.of(404, 410).contains(again.status())) {
                return;
            }
            current = again.ok();
        }
        throw Problem.busy("a report is being changed all the time", RETRY_SECONDS);
    }

    private boolean isLinked(JsonNode report, PublishedStudy study) {
        for (JsonNode imaging : report.path("imagingStudy")) {
            if (study.reference().equals(client.local(imaging.path("reference").asText()))) {
                return true;
            }
        }
        return false;
    }

    /** An entry that names the study by its UID only gets the reference; else there is one more entry. */
    private static ArrayNode patch(JsonNode report, PublishedStudy study) {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        ObjectNode operation = patch.addObject().put("op", "add");
        JsonNode entries = report.path("imagingStudy");
        for (int i = 0; i < entries.size(); i++) {
            boolean named =
                    Token.all(List.of(entries.path(i).path("identifier"))).contains(study.uid());
            if (named && !entries.path(i).has("reference")) {
                operation.put("path", "/imagingStudy/" + i + "/reference").put("value", study.reference());
                return patch;
            }
        }
        ObjectNode reference = JsonNodeFactory.instance.objectNode().put("reference", study.reference());
        if (entries.isEmpty()) {
            operation.put("path", "/imagingStudy").putArray("value").add(reference);
        } else {
            operation.put("path", "/imagingStudy/-").set("value", reference);
        }
        return patch;
    }
}

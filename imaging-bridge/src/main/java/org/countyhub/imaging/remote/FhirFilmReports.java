package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.countyhub.imaging.film.FilmReport;
import org.countyhub.imaging.film.FilmReports;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** Reports as the FHIR server has them at this moment: one that is withdrawn is not shown any more from then on. */
public final class FhirFilmReports implements FilmReports {
    /** R4, diagnostic-report-status: verified by who is responsible. */
    private static final Set<String> SIGNED = Set.of("final", "amended", "corrected", "appended");

    private static final String PDF = "application/pdf";
    private static final int LONGEST_DOCUMENT = 20 << 20;

    /** Whoever waits for a page holds a thread of the server. */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final FhirClient client;
    private final FhirClient documents;
    private final Persons persons;
    private final Reports reports;

    public FhirFilmReports(FhirClient client) {
        this.client = client.within(TIMEOUT);
        this.documents = client;
        this.persons = new Persons(this.client);
        this.reports = new Reports(this.client);
    }

    @Override
    public List<FilmReport> of(String studyUid) {
        return signed(studyUid).stream()
                .map(FhirFilmReports::shown)
                .sorted(Comparator.comparing(
                                FilmReport::issued, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
                        .reversed())
                .toList();
    }

    private List<JsonNode> signed(String studyUid) {
        List<JsonNode> signed = new ArrayList<>();
        for (JsonNode resource : client.search(
                "ImagingStudy",
                java.util.Map.of("identifier", Token.ofStudy(studyUid).search()))) {
            PublishedStudy study = PublishedStudy.of(resource, PublishedStudy.reference(resource), client);
            if (study != null) {
                reports.about(study, persons.of(study.subject())).stream()
                        .filter(report -> SIGNED.contains(report.path("status").asText()))
                        .forEach(signed::add);
            }
        }
        return signed;
    }

    private static FilmReport shown(JsonNode report) {
        JsonNode code = report.path("code");
        String text = code.path("text").asText();
        return new FilmReport(
                report.path("id").asText(),
                text.isEmpty() ? code.path("coding").path(0).path("display").asText() : text,
                report.path("status").asText(),
                issued(report),
                performers(report),
                findings(report),
                report.path("conclusion").asText(),
                documents(report).size());
    }

    private static @Nullable Instant issued(JsonNode report) {
        try {
            return OffsetDateTime.parse(report.path("issued").asText()).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static List<String> performers(JsonNode report) {
        List<String> names = new ArrayList<>();
        for (String element : List.of("resultsInterpreter", "performer")) {
            for (JsonNode performer : report.path(element)) {
                String name = performer.path("display").asText();
                if (!name.isEmpty() && !names.contains(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** The text of the report: a plain presented form, else its narrative without its marks. */
    private static List<String> findings(JsonNode report) {
        for (JsonNode form : report.path("presentedForm")) {
            if (form.path("contentType").asText().startsWith("text/plain")) {
                return paragraphs(new String(bytes(form.path("data").asText()), StandardCharsets.UTF_8));
            }
        }
        return paragraphs(report.path("text")
                .path("div")
                .asText()
                .replaceAll("(?i)<(br|/p|/div|/li|/tr|/h[1-6])\\b[^>]*>", "\n")
                .replaceAll("<[^>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&"));
    }

    private static List<String> paragraphs(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static List<JsonNode> documents(JsonNode report) {
        List<JsonNode> documents = new ArrayList<>();
        for (JsonNode form : report.path("presentedForm")) {
            if (form.path("contentType").asText().equals(PDF) && (form.has("data") || form.has("url"))) {
                documents.add(form);
            }
        }
        return documents;
    }

    @Override
    public byte[] document(String studyUid, String reportId, int number) {
        List<JsonNode> documents = signed(studyUid).stream()
                .filter(report -> report.path("id").asText().equals(reportId))
                .findFirst()
                .map(FhirFilmReports::documents)
                .orElse(List.of());
        if (number < 0 || number >= documents.size()) {
            throw Problem.notFound("there is no such document");
        }
        byte[] document = bytes(base64(documents.get(number)));
        if (document.length == 0 || document.length > LONGEST_DOCUMENT) {
            throw Problem.notFound("the document is not here, or it is larger than what is shown");
        }
        return document;
    }

    private String base64(JsonNode form) {
        if (form.has("data")) {
            return form.path("data").asText();
        }
        String local = client.local(form.path("url").asText());
        return local == null || !local.startsWith("Binary/")
                ? ""
                : documents.get(local).ok().path("data").asText();
    }
}

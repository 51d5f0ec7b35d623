package org.countyhub.imaging.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import org.countyhub.imaging.film.FilmReport;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which reports a patient sees beside the images. */
@ExtendWith(FhirServer.Running.class)
@Timeout(120)
class FhirFilmReportsTest {
    private final FhirServer server;
    private final FhirClient client;
    private final FhirFilmReports reports;
    private final RememberedStudies index = new RememberedStudies();

    FhirFilmReportsTest(FhirServer server) {
        this.server = server;
        this.client = FhirClient.at(server.base());
        this.reports = new FhirFilmReports(client);
    }

    @AfterEach
    void close() {
        client.close();
    }

    private String patientOf(SomeStudy study) {
        index.put(study);
        PublishedAs as = new PublishedAs(
                "http://images.example.org/dicomweb", "http://images.example.org/film", ZoneId.of("Asia/Shanghai"));
        new FhirPublisher(index, client, as, Clock.systemUTC(), Duration.ZERO).round();
        return server.search("ImagingStudy", "urn:dicom:uid", "urn:oid:" + study.uid)
                .getFirst()
                .path("subject")
                .path("reference")
                .asText();
    }

    private JsonNode report(String patient, SomeStudy study, String status, String rest) {
        return server.create("{'resourceType':'DiagnosticReport','status':'" + status
                + "','code':{'text':'CT'},'subject':{'reference':'" + patient + "'},'identifier':[{'system':'"
                + study.source.accessionSystem() + "','value':'" + study.accession + "'}]" + rest + "}");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void unsignedReportsAreNotShown() {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "F1");
        String patient = patientOf(study);
        for (String status : List.of("registered", "partial", "preliminary", "unknown")) {
            report(patient, study, status, "");
        }
        assertThat(reports.of(study.uid)).isEmpty();

        report(patient, study, "final", ",'conclusion':'未见异常','issued':'2026-03-01T08:00:00+08:00'");

        List<FilmReport> shown = reports.of(study.uid);
        assertThat(shown).hasSize(1);
        assertThat(shown.getFirst().conclusion()).isEqualTo("未见异常");
        assertThat(String.valueOf(shown.getFirst().issued())).isEqualTo("2026-03-01T00:00:00Z");
    }

    @Test
    void aWithdrawnReportIsShownNoMore() {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "F2");
        JsonNode report = report(patientOf(study), study, "final", "");
        assertThat(reports.of(study.uid)).hasSize(1);
        String reference = "DiagnosticReport/" + report.path("id").asText();
        var patch = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
        patch.addObject().put("op", "replace").put("path", "/status").put("value", "entered-in-error");

        client.patch(
                        reference,
                        client.get(reference)
                                .ok()
                                .path("meta")
                                .path("versionId")
                                .asText(),
                        patch)
                .ok();

        assertThat(reports.of(study.uid)).isEmpty();
        assertThatThrownBy(() -> reports.document(study.uid, report.path("id").asText(), 0))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aReportOfSomebodyElseIsNeverShown() {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "F3");
        patientOf(study);
        String other = "Patient/"
                + server.create("{'resourceType':'Patient','identifier':[{'system':'" + Hospitals.EAST.patientSystem()
                                + "','value':'F3-OTHER'}]}")
                        .path("id")
                        .asText();
        report(other, study, "final", "");

        assertThat(reports.of(study.uid)).isEmpty();
    }

    @Test
    void textAndDocumentsOfAReportAreGiven() {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "F4");
        JsonNode report = report(
                patientOf(study),
                study,
                "final",
                ",'presentedForm':[{'contentType':'text/plain','data':'" + base64("双肺清晰。\n\n心影不大。")
                        + "'},{'contentType':'application/pdf','data':'" + base64("%PDF-1.7 x") + "'}]");

        FilmReport shown = reports.of(study.uid).getFirst();

        assertThat(shown.findings()).containsExactly("双肺清晰。", "心影不大。");
        assertThat(shown.documents()).isEqualTo(1);
        assertThat(new String(reports.document(study.uid, report.path("id").asText(), 0), StandardCharsets.UTF_8))
                .isEqualTo("%PDF-1.7 x");
        assertThatThrownBy(() -> reports.document(study.uid, report.path("id").asText(), 1))
                .isInstanceOf(ProblemException.class);
    }
}

package org.countyhub.imaging.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneId;
import org.countyhub.imaging.study.Stored;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentReferenceResourceTest {
    private static JsonNode of(String sopClass, String json) {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "P1").add(sopClass, "SR", 1);
        Stored instance = study.instances().getLast();
        return DocumentReferenceResource.of(
                instance,
                DocumentClass.of(sopClass).orElseThrow(),
                new InstanceMetadata(FhirServer.parse(json)),
                "Patient/1",
                "ImagingStudy/1",
                "http://hub/dicomweb",
                ZoneId.of("Asia/Shanghai"));
    }

    @Test
    void aPdfIsFetchedAsSuch() {
        JsonNode pdf = of(
                SomeStudy.PDF,
                "{'00420010':{'vr':'ST','Value':['心电图报告']},'00080023':{'vr':'DA','Value':['20260302']},"
                        + "'00080033':{'vr':'TM','Value':['091500']}}");
        JsonNode attachment = pdf.path("content").path(0).path("attachment");
        assertThat(attachment.path("contentType").asText()).isEqualTo("application/pdf");
        assertThat(attachment.path("url").asText())
                .matches("http://hub/dicomweb/studies/[0-9.]+/series/[0-9.]+/instances/[0-9.]+/rendered");
        assertThat(attachment.path("title").asText()).isEqualTo("心电图报告");
        assertThat(pdf.path("date").asText()).isEqualTo("2026-03-02T09:15:00+08:00");
        assertThat(pdf.has("docStatus")).isFalse();
        assertThat(pdf.path("context").path("related").path(0).path("reference").asText())
                .isEqualTo("ImagingStudy/1");
        assertThat(pdf.path("masterIdentifier").path("value").asText()).startsWith("urn:oid:1.2.156.7.9.");
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLETE, VERIFIED, final",
        "COMPLETE, UNVERIFIED, preliminary",
        "PARTIAL, VERIFIED, preliminary",
        ", VERIFIED, final"
    })
    void onlyWhatIsCompleteAndVerifiedIsFinal(String complete, String verified, String expected) {
        String flags = (complete == null ? "" : "'0040A491':{'vr':'CS','Value':['" + complete + "']},")
                + "'0040A493':{'vr':'CS','Value':['" + verified + "']}";
        assertThat(of(SomeStudy.DOSE_REPORT, "{" + flags + "}")
                        .path("docStatus")
                        .asText())
                .isEqualTo(expected);
    }

    @Test
    void theTypeIsTheConceptOfTheReport() {
        JsonNode report = of(
                SomeStudy.DOSE_REPORT,
                "{'0040A043':{'vr':'SQ','Value':[{'00080100':{'vr':'SH','Value':['113701']},"
                        + "'00080102':{'vr':'SH','Value':['DCM']},"
                        + "'00080104':{'vr':'LO','Value':['X-Ray Radiation Dose Report']}}]}}");
        assertThat(report.path("type").toString())
                .isEqualTo(
                        "{\"coding\":[{\"system\":\"http://dicom.nema.org/resources/ontology/DCM\",\"code\":\"113701\"}],"
                                + "\"text\":\"X-Ray Radiation Dose Report\"}");
        assertThat(report.path("content")
                        .path(0)
                        .path("attachment")
                        .path("contentType")
                        .asText())
                .isEqualTo("application/dicom");
    }

    @Test
    void aConceptOfAPrivateSchemeIsToldInWords() {
        JsonNode report = of(
                SomeStudy.DOSE_REPORT,
                "{'0040A043':{'vr':'SQ','Value':[{'00080100':{'vr':'SH','Value':['1']},"
                        + "'00080102':{'vr':'SH','Value':['99LOCAL']},'00080104':{'vr':'LO','Value':['报告']}}]}}");
        assertThat(report.path("type").toString()).isEqualTo("{\"text\":\"报告\"}");
    }

    @Test
    void whatSaysNothingOfItselfHasNoTypeAndNoDate() {
        JsonNode report = of(SomeStudy.DOSE_REPORT, "{'0040A043':{'vr':'SQ'},'00080023':{'vr':'DA'}}");
        assertThat(report.has("type")).isFalse();
        assertThat(report.has("date")).isFalse();
        assertThat(report.path("content").path(0).path("attachment").has("title"))
                .isFalse();
    }

    @Test
    void keyObjectsAndImagesAreNoDocuments() {
        assertThat(DocumentClass.of("1.2.840.10008.5.1.4.1.1.88.59")).isEmpty();
        assertThat(DocumentClass.of(SomeStudy.CT)).isEmpty();
        assertThat(DocumentClass.of("1.2.840.10008.5.1.4.1.1.104.10")).isEmpty();
        assertThat(DocumentClass.of("1.2.840.10008.5.1.4.1.1.88.11")).contains(DocumentClass.STRUCTURED_REPORT);
    }
}

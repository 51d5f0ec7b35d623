package org.countyhub.imaging.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.remote.ImagingStudyResource.Surroundings;
import org.countyhub.imaging.study.CloudIndex;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.Study;
import org.junit.jupiter.api.Test;

class ImagingStudyResourceTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static JsonNode resource(SomeStudy study) {
        Map<String, List<Stored>> listed = study.instances().stream().collect(Collectors.groupingBy(Stored::seriesUid));
        return ImagingStudyResource.of(
                study.study(), listed, new Surroundings("Patient/1", "Endpoint/1", null, null), SHANGHAI);
    }

    private static List<String> codes(JsonNode codings) {
        List<String> codes = new ArrayList<>();
        codings.forEach(coding -> codes.add(coding.path("code").asText()));
        return codes;
    }

    @Test
    void aStudyIsKnownByItsUidAndByTheAccessionNumberOfItsHospital() {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "P1");
        JsonNode identifiers = resource(study).path("identifier");
        assertThat(identifiers).hasSize(2);
        assertThat(identifiers.path(0).path("system").asText()).isEqualTo("urn:dicom:uid");
        assertThat(identifiers.path(0).path("value").asText()).isEqualTo("urn:oid:" + study.uid);
        assertThat(codes(identifiers.path(1).path("type").path("coding"))).containsExactly("ACSN");
        assertThat(identifiers.path(1).path("system").asText()).isEqualTo("urn:oid:1.2.3.1.2");
        assertThat(identifiers.path(1).path("value").asText()).isEqualTo(study.accession);
    }

    @Test
    void onlyModalitiesThatAcquireStandForTheStudyAndEachSeriesHasItsOwn() {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "P1")
                .add("1.2.840.10008.5.1.4.1.1.88.59", "KO", 1)
                .add("1.2.840.10008.5.1.4.1.1.11.1", "PR", 1)
                .add("1.2.840.10008.5.1.4.1.1.66.4", "SEG", 1)
                .add(SomeStudy.DOSE_REPORT, "SR", 1)
                .add("1.2.840.10008.5.1.4.1.1.128", "PT", 1);
        JsonNode resource = resource(study);
        assertThat(codes(resource.path("modality"))).containsExactly("CT", "PT");
        List<String> ofSeries = new ArrayList<>();
        resource.path("series")
                .forEach(series ->
                        ofSeries.add(series.path("modality").path("code").asText()));
        assertThat(ofSeries).containsExactly("CT", "KO", "PR", "SEG", "SR", "PT");
    }

    @Test
    void aStudyOfNothingThatAcquiresHasNoModality() {
        Study study = new SomeStudy(Hospitals.EAST, "P1").study();
        Study documents = new Study(
                study.studyUid(),
                study.patient(),
                study.source(),
                study.status(),
                1,
                study.firstReceived(),
                study.lastReceived(),
                1,
                1,
                study.attributes(),
                List.of("DOC", "SR"),
                List.of());
        JsonNode resource = ImagingStudyResource.of(
                documents, Map.of(), new Surroundings("Patient/1", "Endpoint/1", null, null), SHANGHAI);
        assertThat(resource.has("modality")).isFalse();
        assertThat(resource.has("series")).isFalse();
    }

    @Test
    void countsComeFromTheIndex() {
        JsonNode resource = resource(new SomeStudy(Hospitals.EAST, "P1").add(SomeStudy.CT, "CT", 3));
        assertThat(resource.path("numberOfSeries").asInt()).isEqualTo(2);
        assertThat(resource.path("numberOfInstances").asInt()).isEqualTo(5);
        assertThat(resource.path("series").path(1).path("numberOfInstances").asInt())
                .isEqualTo(3);
        assertThat(resource.path("series").path(1).path("instance")).hasSize(3);
        assertThat(resource.path("status").asText()).isEqualTo("available");
    }

    @Test
    void aStudyWithoutInstancesIsRegisteredOnly() {
        Study study = new SomeStudy(Hospitals.EAST, "P1").study();
        Study empty = new Study(
                study.studyUid(),
                study.patient(),
                study.source(),
                study.status(),
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                0,
                Dataset.EMPTY,
                List.of(),
                List.of());
        JsonNode resource = ImagingStudyResource.of(
                empty, Map.of(), new Surroundings("Patient/1", "Endpoint/1", null, null), SHANGHAI);
        assertThat(resource.path("status").asText()).isEqualTo("entered-in-error");
        assertThat(resource.has("started")).isFalse();
        assertThat(resource.path("identifier")).hasSize(1);
    }

    @Test
    void whatTheHeadersSayIsThere() {
        JsonNode resource = resource(new SomeStudy(Hospitals.EAST, "P1"));
        assertThat(resource.path("started").asText()).isEqualTo("2026-03-02T08:30:15.25+08:00");
        assertThat(resource.path("description").asText()).isEqualTo("胸部CT平扫");
        assertThat(resource.path("referrer").path("display").asText()).isEqualTo("李四");
        assertThat(resource.path("series").path(0).path("description").asText()).isEqualTo("肺窗");
        assertThat(resource.path("series")
                        .path(0)
                        .path("bodySite")
                        .path("display")
                        .asText())
                .isEqualTo("CHEST");
        assertThat(resource.path("series").path(0).path("number").asInt()).isEqualTo(1);
    }

    @Test
    void aStudyWithoutATimeStartedOnADay() {
        assertThat(resource(new SomeStudy(Hospitals.EAST, "P1").with(Tag.StudyTime, Vr.TM, ""))
                        .path("started")
                        .asText())
                .isEqualTo("2026-03-02");
    }

    @Test
    void thousandsOfInstancesAreCountedAndNotListed() {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "P1").add(SomeStudy.CT, "CT", 5_000);
        RememberedStudies index = new RememberedStudies();
        index.put(study);
        Map<String, List<Stored>> listed = new StudyContents(index).listed(study.study());
        JsonNode resource = ImagingStudyResource.of(
                study.study(), listed, new Surroundings("Patient/1", "Endpoint/1", null, null), SHANGHAI);
        assertThat(resource.path("series").path(1).path("numberOfInstances").asInt())
                .isEqualTo(5_000);
        assertThat(resource.path("series").path(1).has("instance")).isFalse();
        assertThat(resource.toString().length()).isLessThan(5_000);
    }

    @Test
    void theEntryOfTheInsuranceIsAnIdentifier() {
        CloudIndex entry = new CloudIndex(
                "10000000000000000708463177", LocalDateTime.parse("2026-03-02T08:30:15"), "123502004266007916");
        JsonNode resource = ImagingStudyResource.of(
                new SomeStudy(Hospitals.EAST, "P1").study(),
                Map.of(),
                new Surroundings("Patient/1", "Endpoint/1", "ServiceRequest/1", entry),
                SHANGHAI);
        assertThat(resource.path("identifier").path(2).path("value").asText())
                .isEqualTo("10000000000000000708463177-202603020830-000000000-0000000000000-123502004266007916");
        assertThat(resource.path("basedOn").path(0).path("reference").asText()).isEqualTo("ServiceRequest/1");
    }
}

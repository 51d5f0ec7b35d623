package org.countyhub.imaging.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.study.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatientResourceTest {
    @Test
    void aPatientIsWhatTheHeaderSays() {
        JsonNode patient = PatientResource.of(new SomeStudy(Hospitals.EAST, "P1").study());
        assertThat(patient.path("identifier").toString())
                .isEqualTo("[{\"system\":\"urn:oid:1.2.3.1.1\",\"value\":\"P1\"}]");
        assertThat(patient.path("name").path(1).path("text").asText()).isEqualTo("张三");
        assertThat(patient.path("gender").asText()).isEqualTo("female");
        assertThat(patient.path("birthDate").asText()).isEqualTo("1949-12-31");
        assertThat(patient.has("managingOrganization")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"M,male", "F,female", "O,other"})
    void sexIsTranslated(String sex, String gender) {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "P1").with(Tag.PatientSex, Vr.CS, sex);
        assertThat(PatientResource.of(study.study()).path("gender").asText()).isEqualTo(gender);
    }

    @ParameterizedTest
    @ValueSource(strings = {"U", "W", "男", ""})
    void aSexThatIsNoneOfDicomsIsAbsent(String sex) {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "P1").with(Tag.PatientSex, Vr.CS, sex);
        assertThat(PatientResource.of(study.study()).has("gender")).isFalse();
    }

    @Test
    void aBirthDateThatIsNoneIsAbsent() {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "P1").with(Tag.PatientBirthDate, Vr.DA, "19490000");
        assertThat(PatientResource.of(study.study()).has("birthDate")).isFalse();
    }

    @Test
    void theHospitalManagesItsPatient() {
        Source source = new Source("x", "Organization/x", "urn:oid:1.1", "urn:oid:1.2", Map.of(), null);
        assertThat(PatientResource.of(new SomeStudy(source, "P1").study())
                        .path("managingOrganization")
                        .path("reference")
                        .asText())
                .isEqualTo("Organization/x");
    }
}

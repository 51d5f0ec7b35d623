package org.countyhub.imaging.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportRuleTest {
    private static final PublishedStudy STUDY = new PublishedStudy(
            "ImagingStudy/1",
            Token.ofStudy("1.2.3"),
            Set.of(new Token("urn:oid:1.2", "A1")),
            Set.of("ServiceRequest/7"),
            "Patient/1",
            false);

    private static boolean isAbout(String report) {
        try (FhirClient client = FhirClient.at("http://127.0.0.1:1/fhir")) {
            return ReportRule.isAbout(FhirServer.parse(report), STUDY, client);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'identifier':[{'system':'urn:oid:1.2','value':'A1'}]}",
                "{'identifier':[{'system':'x','value':'y'},{'system':'urn:dicom:uid','value':'urn:oid:1.2.3'}]}",
                "{'imagingStudy':[{'identifier':{'system':'urn:dicom:uid','value':'urn:oid:1.2.3'}}]}",
                "{'basedOn':[{'identifier':{'system':'urn:oid:1.2','value':'A1'}}]}",
                "{'basedOn':[{'reference':'CarePlan/1'},{'reference':'ServiceRequest/7'}]}",
                "{'basedOn':[{'reference':'http://127.0.0.1:1/fhir/ServiceRequest/7/_history/2'}]}",
                "{'status':'preliminary','identifier':[{'system':'urn:oid:1.2','value':'A1'}]}"
            })
    void aReportIsAboutAStudyThatItNames(String report) {
        assertThat(isAbout(report)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'identifier':[{'value':'A1'}]}",
                "{'identifier':[{'system':'urn:oid:1.3','value':'A1'}]}",
                "{'identifier':[{'system':'urn:oid:1.2','value':'a1'}]}",
                "{'identifier':[{'system':'urn:dicom:uid','value':'urn:oid:1.2.3.4'}]}",
                "{'basedOn':[{'reference':'ServiceRequest/77'}]}",
                "{'basedOn':[{'reference':'http://elsewhere/fhir/ServiceRequest/7'}]}",
                "{'status':'entered-in-error','identifier':[{'system':'urn:oid:1.2','value':'A1'}]}",
                "{'status':'cancelled','identifier':[{'system':'urn:oid:1.2','value':'A1'}]}"
            })
    void nothingElseIsAboutIt(String report) {
        assertThat(isAbout(report)).isFalse();
    }
}

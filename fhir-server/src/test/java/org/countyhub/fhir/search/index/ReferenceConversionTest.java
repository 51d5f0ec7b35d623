package org.countyhub.fhir.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.search.index.Extraction.found;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FHIR R4 sections 3.1.1.4.12 (reference) and 3.1.1.4.9 (uri). */
class ReferenceConversionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient/1",
                "Patient/1/_history/2",
                "https://host/fhir/Patient/1",
                "https://host/fhir/Patient/1/_history/2"
            })
    void aReferenceToAPatientIsKnownByItsText(String reference) {
        String observation = "{'resourceType':'Observation','subject':{'reference':'" + reference + "'}}";

        assertThat(found("patient", observation)).containsExactly("Reference[value=" + reference + "]");
        assertThat(found("subject", observation)).containsExactly("Reference[value=" + reference + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Group/1",
                "https://Patient/Group/1",
                "urn:uuid:9d1c9f4e-0000-4000-8000-000000000000",
                "Patient",
                "/1"
            })
    void otherReferencesAreSubjectsButNoPatients(String reference) {
        String observation = "{'resourceType':'Observation','subject':{'reference':'" + reference + "'}}";

        assertThat(found("patient", observation)).isEmpty();
        assertThat(found("subject", observation)).containsExactly("Reference[value=" + reference + "]");
    }

    @Test
    void theTypeOfAReferenceTellsWhereItsTextDoesNot() {
        String subject = "{'resourceType':'Observation','subject':{'reference':'urn:uuid:1','type':'Patient'}}";

        assertThat(found("patient", subject)).containsExactly("Reference[value=urn:uuid:1]");
    }

    @Test
    void containedResourcesAndLogicalReferencesContributeNothing() {
        assertThat(found("subject", "{'resourceType':'Observation','subject':{'reference':'#p','type':'Patient'}}"))
                .isEmpty();
        assertThat(found("subject", "{'resourceType':'Observation','subject':{'identifier':{'value':'1'}}}"))
                .isEmpty();
    }

    @Test
    void canonicalUrlsAreReferencesAsWritten() {
        assertThat(
                        found(
                                "derived-from",
                                "{'resourceType':'Measure','relatedArtifact':[{'type':'derived-from','resource':'urn:a|1'},{'type':'citation','resource':'urn:b'}]}"))
                .containsExactly("Reference[value=urn:a|1]");
    }

    @Test
    void theFirstEntryOfADocumentIsItsComposition() {
        String bundle =
                "{'resourceType':'Bundle','entry':[{'resource':{'resourceType':'Composition','id':'c'}},{'resource':{'resourceType':'Composition','id':'d'}}]}";

        assertThat(found("composition", bundle)).containsExactly("Reference[value=Composition/c]");
        assertThat(found("message", bundle)).isEmpty();
    }

    @Test
    void profilesAndSourcesAreUris() {
        String resource = "{'resourceType':'Binary','meta':{'profile':['http://p'],'source':'urn:lab'}}";

        assertThat(found("_profile", resource)).containsExactly("Uri[value=http://p]");
        assertThat(found("_source", resource)).containsExactly("Uri[value=urn:lab]");
    }
}

package org.countyhub.fhir.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.structure.Structures.accepted;
import static org.countyhub.fhir.structure.Structures.faults;
import static org.countyhub.fhir.structure.Structures.patient;

import org.junit.jupiter.api.Test;

class NestedResourceTest {
    @Test
    void aContainedResourceIsCheckedByItsOwnType() {
        accepted(patient("\"contained\":[{\"resourceType\":\"Organization\",\"id\":\"o\",\"name\":\"x\"}]"));
        assertThat(faults(patient(
                        "\"contained\":[{\"resourceType\":\"Organization\",\"id\":\"o\",\"gender\":\"male\"}]")))
                .containsExactly("structure at Patient.contained[0].gender");
    }

    @Test
    void aContainedResourceNamesItsType() {
        assertThat(faults(patient("\"contained\":[{\"id\":\"o\"}]")))
                .containsExactly("required at Patient.contained[0]");
    }

    /** FHIR R4, DomainResource, constraint dom-2. */
    @Test
    void aContainedResourceContainsNoOther() {
        String inner =
                "{\"resourceType\":\"Organization\",\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"a\"}]}";

        assertThat(faults(patient("\"contained\":[" + inner + "]")))
                .containsExactly("structure at Patient.contained[0].contained[0]");
    }

    @Test
    void entriesOfABundleAreChecked() {
        String bundle = "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":["
                + "{\"resource\":{\"resourceType\":\"Patient\",\"contained\":[{\"resourceType\":\"Group\"}]}},"
                + "{\"resource\":{\"resourceType\":\"Patient\",\"gender\":\"m\"}}]}";

        assertThat(faults(bundle))
                .containsExactly(
                        "required at Bundle.entry[0].resource.contained[0].type",
                        "required at Bundle.entry[0].resource.contained[0].actual",
                        "code-invalid at Bundle.entry[1].resource.gender");
    }

    @Test
    void resourcesInParametersAreChecked() {
        String parameters = "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"x\",\"part\":[{\"name\":\"y\","
                + "\"resource\":{\"resourceType\":\"Patient\",\"birthDate\":\"x\"}}]}]}";

        assertThat(faults(parameters)).containsExactly("value at Parameters.parameter[0].part[0].resource.birthDate");
    }

    /** FHIR R4, Resource and DomainResource: Bundle, Binary and Parameters are resources without extensions of their own. */
    @Test
    void aBundleHasNoExtensions() {
        assertThat(faults("{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"extension\":[{\"url\":\"http://e\"}]}"))
                .containsExactly("structure at Bundle.extension");
    }
}

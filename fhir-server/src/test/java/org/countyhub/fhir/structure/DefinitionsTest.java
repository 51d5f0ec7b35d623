package org.countyhub.fhir.structure;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DefinitionsTest {
    private static final Definitions DEFINITIONS = new Definitions(FhirContext.forR4Cached());

    @Test
    void anElementWithARequiredBindingKnowsItsCodesAndTheirSystem() {
        ElementDefinition gender = element("Patient", "gender");

        assertThat(gender.codes()).isEqualTo(Set.of("male", "female", "other", "unknown"));
        assertThat(gender.codeSystem()).isEqualTo("http://hl7.org/fhir/administrative-gender");
    }

    @Test
    void codesFromSeveralSystemsHaveNoSingleSystem() {
        ElementDefinition intent = element("Task", "intent");

        assertThat(intent.codes()).contains("unknown", "order");
        assertThat(intent.codeSystem()).isNull();
    }

    @Test
    void theSystemOfVersionsIsKnownAlthoughNotOfEach() {
        assertThat(element("CapabilityStatement", "fhirVersion").codeSystem())
                .isEqualTo("http://hl7.org/fhir/FHIR-version");
    }

    /** FHIR R4, Element and BackboneElement: BackboneElement has modifierExtension, Element has not. */
    @Test
    void partsOfDataTypesCannotBeModified() {
        TypeDefinition timing = DEFINITIONS.dataType("Timing");

        assertThat(timing.element("modifierExtension")).isNotNull();
        assertThat(Objects.requireNonNull(timing.element("repeat")).type().element("modifierExtension"))
                .isNull();
    }

    @Test
    void partsOfDataTypesAreNamedAfterTheirType() {
        ElementDefinition repeat =
                Objects.requireNonNull(DEFINITIONS.dataType("Timing").element("repeat"));

        assertThat(repeat.type().name()).isEqualTo("Timing.repeat");
    }

    @Test
    void everyEnumerationHasNonEmptyCodesWithoutUnknownSystems() {
        for (String resource : DEFINITIONS.resourceTypes()) {
            for (ElementDefinition element : DEFINITIONS.resource(resource).elements()) {
                if (element.codes() != null) {
                    assertThat(element.codes())
                            .as("%s.%s", resource, element)
                            .isNotEmpty()
                            .doesNotContain("?");
                    assertThat(element.codeSystem())
                            .as("%s.%s", resource, element)
                            .isNotEqualTo("?");
                }
            }
        }
    }

    /** FHIR R4 section 2.6.2: a choice is named after its base and its type, and not after the target of a reference. */
    @Test
    void typesOfAChoiceAreNamedAfterTheirType() {
        TypeDefinition friendly = element("Contract", "friendly").type();

        assertThat(friendly.byBase("content"))
                .extracting(ElementDefinition::name)
                .containsExactlyInAnyOrder("contentAttachment", "contentReference");
    }

    @Test
    void anElementBoundToNoEnumerationHasNoCodes() {
        ElementDefinition birthDate = element("Patient", "birthDate");

        assertThat(birthDate.codes()).isNull();
        assertThat(birthDate.codeSystem()).isNull();
    }

    static ElementDefinition element(String resource, String name) {
        ElementDefinition element = DEFINITIONS.resource(resource).element(name);
        assertThat(element).as("%s.%s", resource, name).isNotNull();
        return element;
    }
}

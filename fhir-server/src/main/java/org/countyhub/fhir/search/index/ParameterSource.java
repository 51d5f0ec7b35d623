package org.countyhub.fhir.search.index;

import ca.uhn.fhir.context.RuntimeSearchParam;
import java.util.List;
import java.util.Set;

/**
 * A search parameter as the specification defines it.
 *
 * @param components the codes of a composite parameter's components, in order; else empty
 * @param ofPatient whether its value puts the resource into a patient's compartment
 */
record ParameterSource(
        String code,
        SearchType kind,
        String expression,
        Set<String> targets,
        List<String> components,
        boolean ofPatient) {
    /** R4 defines it for every resource (section 3.1.1.4.1); HAPI's model lacks it. */
    static final ParameterSource SOURCE =
            new ParameterSource("_source", SearchType.URI, "Resource.meta.source", Set.of(), List.of(), false);

    /**
     * The county's person behind the patient of a record. Its value stands in no resource: the links between patients and
     * persons say it.
     */
    static final ParameterSource PERSON =
            new ParameterSource(SearchParameters.PERSON, SearchType.REFERENCE, "", Set.of("Person"), List.of(), false);

    /** HL7's extension pack defines it for R4 too, and IHE PDQm asks for it. */
    static final ParameterSource MOTHERS_MAIDEN_NAME = new ParameterSource(
            SearchParameters.MOTHERS_MAIDEN_NAME,
            SearchType.STRING,
            "Patient.extension('http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName').value.ofType(string)",
            Set.of(),
            List.of(),
            false);

    static ParameterSource of(String type, RuntimeSearchParam parameter) {
        String prefix = "/" + type + "-";
        List<String> components = parameter.getComponents().stream()
                .map(RuntimeSearchParam.Component::getReference)
                .map(url -> url.substring(url.lastIndexOf(prefix) + prefix.length()))
                .toList();
        Set<String> compartments = parameter.getProvidesMembershipInCompartments();
        return new ParameterSource(
                parameter.getName(),
                SearchType.valueOf(parameter.getParamType().name()),
                parameter.getPath(),
                parameter.getTargets(),
                components,
                compartments != null && compartments.contains("Patient"));
    }
}

package org.countyhub.fhir.search.index;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.countyhub.fhir.structure.Definitions;
import org.jspecify.annotations.Nullable;

/**
 * R4's search parameters. Those of a type are compiled when the type is first asked for (a few milliseconds) and kept;
 * an expression that does not compile fails that first call. Safe for use by many threads.
 */
public final class SearchParameters {
    /** The code of the parameter that leads from a record to the county's person behind its patient. */
    public static final String PERSON = "person";

    /** The code of the parameter of Patient by the extension of that name. */
    static final String MOTHERS_MAIDEN_NAME = "mothersMaidenName";

    private final FhirContext context;
    private final Definitions definitions;
    private final Map<String, TypeParameters> types = new ConcurrentHashMap<>();

    public SearchParameters(FhirContext r4, Definitions definitions) {
        this.context = r4;
        this.definitions = definitions;
    }

    /** All parameters of a resource type by code in alphabetical order, with those that every resource has. */
    public List<SearchParameter> of(String resourceType) {
        return type(resourceType).all();
    }

    /** The parameter of that name, or null when the type has none. */
    public @Nullable SearchParameter find(String resourceType, String code) {
        return type(resourceType).find(code);
    }

    /**
     * The REFERENCE parameter whose value is the patient of a record: {@code patient} of Observation, {@code subject} of
     * AdverseEvent. By definition a resource has at most one value of it, which need not refer to a patient when the
     * parameter has other targets. Null when the type has no such parameter.
     */
    public @Nullable SearchParameter patientPath(String resourceType) {
        return type(resourceType).patient();
    }

    /**
     * Whether a parameter finds what {@link #patientPath} of its type finds, or would if it refers to a patient:
     * {@code subject} and {@code patient} of Observation.
     */
    public boolean coversPatient(SearchParameter parameter) {
        return type(parameter.type()).coversPatient(parameter);
    }

    /**
     * Whether a parameter is answered by the links between patients and persons: {@code person} of Patient and of every
     * type in a patient's compartment (R4, CompartmentDefinition patient). It is no part of R4 and holds no index entries.
     */
    public static boolean isPerson(SearchParameter parameter) {
        return parameter.code().equals(PERSON) && parameter.expression().isEmpty();
    }

    /**
     * The REFERENCE parameters by which a resource of a type is in the compartment of a patient: {@link #patientPath} alone
     * where there is one.
     */
    public List<SearchParameter> patientCompartment(String resourceType) {
        return type(resourceType).patientCompartment();
    }

    /**
     * Whether resources of a type may be in the compartment of a patient; Patients and Persons, which may be too, are told
     * apart from records.
     */
    public boolean isRecord(String resourceType) {
        return !resourceType.equals("Patient") && find(resourceType, PERSON) != null;
    }

    /**
     * Whether resources of a type are in nobody's compartment, such as Practitioner, Location and Medication: records refer to
     * them, and they say nothing of another person.
     */
    public boolean isSupporting(String resourceType) {
        return !resourceType.equals("Person") && find(resourceType, PERSON) == null;
    }

    /** The DATE parameter that dates a record clinically, such as {@code date} of Observation; null when none does. */
    public @Nullable SearchParameter clinicalDate(String resourceType) {
        return type(resourceType).clinicalDate();
    }

    /** Where a parameter finds its values. */
    Selection selection(SearchParameter parameter) {
        return type(parameter.type()).selection(parameter);
    }

    private TypeParameters type(String name) {
        TypeParameters known = types.get(name);
        return known != null ? known : types.computeIfAbsent(name, this::compile);
    }

    private TypeParameters compile(String name) {
        List<ParameterSource> sources = new ArrayList<>();
        sources.add(ParameterSource.SOURCE);
        context.getResourceDefinition(name).getSearchParams().stream()
                .map(parameter -> ParameterSource.of(name, parameter))
                .forEach(sources::add);
        if (name.equals("Patient")
                && sources.stream().noneMatch(source -> source.code().equals(MOTHERS_MAIDEN_NAME))) {
            sources.add(ParameterSource.MOTHERS_MAIDEN_NAME);
        }
        boolean ofPatient = sources.stream().anyMatch(ParameterSource::ofPatient);
        if (name.equals("Patient") || (ofPatient && !name.equals("Person"))) {
            sources.add(ParameterSource.PERSON);
        }
        return new TypeParameters(definitions.resource(name), sources);
    }
}

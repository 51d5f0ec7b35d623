package org.countyhub.fhir.search.index;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.countyhub.fhir.structure.Definitions;
import org.jspecify.annotations.Nullable;

/**
 * R4's search parameters. Those of a type are compiled when the type is first asked for (a few milliseconds) and kept;
 * an expression that does not compile fails that first call. Safe for use by many threads.
 */
public final class SearchParameters {
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
        Stream<ParameterSource> sources = context.getResourceDefinition(name).getSearchParams().stream()
                .map(parameter -> ParameterSource.of(name, parameter));
        return new TypeParameters(
                definitions.resource(name),
                Stream.concat(sources, Stream.of(ParameterSource.SOURCE)).toList());
    }
}

package org.countyhub.fhir.search.index;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.countyhub.fhir.structure.TypeDefinition;
import org.jspecify.annotations.Nullable;

/** The search parameters of one resource type, and where each finds its values. */
final class TypeParameters {
    private static final List<String> PATIENT_CODES = List.of("patient", "subject", "beneficiary");

    private final Map<String, ParameterSource> sources;
    private final Map<String, Selection> selections;
    private final Map<String, SearchParameter> parameters = new TreeMap<>();
    private final List<SearchParameter> all;
    private final @Nullable SearchParameter patient;
    private final Set<SearchParameter> coveringPatient;
    private final @Nullable SearchParameter clinicalDate;

    TypeParameters(TypeDefinition type, Collection<ParameterSource> sources) {
        this.sources = sources.stream()
                .collect(Collectors.toMap(ParameterSource::code, Function.identity(), (a, b) -> a, TreeMap::new));
        this.selections = new ParameterCompiler(type, this.sources).compile();
        this.sources.keySet().forEach(code -> parameter(type.name(), code));
        this.all = List.copyOf(parameters.values());
        this.patient = PATIENT_CODES.stream()
                .filter(this::isPatient)
                .map(parameters::get)
                .findFirst()
                .orElse(null);
        this.coveringPatient = all.stream().filter(this::samePathAsPatient).collect(Collectors.toUnmodifiableSet());
        String date = ClinicalDates.of(
                type.name(),
                all.stream()
                        .filter(parameter -> parameter.kind() == SearchType.DATE)
                        .map(SearchParameter::code)
                        .collect(Collectors.toSet()));
        this.clinicalDate = date == null ? null : parameters.get(date);
    }

    /** By code, in alphabetical order. */
    List<SearchParameter> all() {
        return all;
    }

    @Nullable
    SearchParameter find(String code) {
        return parameters.get(code);
    }

    Selection selection(SearchParameter parameter) {
        return get(selections, parameter.code());
    }

    /** The parameter whose only value is the patient of a record, or null when the type has none. */
    @Nullable
    SearchParameter patient() {
        return patient;
    }

    /** The parameters that put a resource into a patient's compartment: {@link #patient()} alone where there is one. */
    List<SearchParameter> patientCompartment() {
        if (patient != null) {
            return List.of(patient);
        }
        return sources.values().stream()
                .filter(ParameterSource::ofPatient)
                .map(source -> get(parameters, source.code()))
                .filter(parameter ->
                        parameter.targets().isEmpty() || parameter.targets().contains("Patient"))
                .toList();
    }

    /** Whether a parameter follows the same properties as {@link #patient()}. */
    boolean coversPatient(SearchParameter parameter) {
        return coveringPatient.contains(parameter);
    }

    @Nullable
    SearchParameter clinicalDate() {
        return clinicalDate;
    }

    private SearchParameter parameter(String type, String code) {
        SearchParameter known = parameters.get(code);
        if (known != null) {
            return known;
        }
        ParameterSource source = get(sources, code);
        SearchParameter made = new SearchParameter(
                type,
                code,
                source.kind(),
                source.expression(),
                source.targets(),
                source.components().stream()
                        .map(component -> parameter(type, component))
                        .toList(),
                covering(source).stream().map(other -> parameter(type, other)).toList());
        parameters.put(code, made);
        return made;
    }

    /** The codes of the parameters that together find exactly what this one does; empty when there are none. */
    private List<String> covering(ParameterSource source) {
        Set<Object> missing = new LinkedHashSet<>(get(selections, source.code()).parts());
        if (missing.isEmpty()) {
            return List.of();
        }
        List<String> covering = sources.values().stream()
                .filter(other -> mayCover(other, source))
                // The widest first, so that no more parameters are asked than needed.
                .sorted(Comparator.comparingInt((ParameterSource other) -> -size(other.code())))
                .map(ParameterSource::code)
                .filter(other -> missing.removeAll(get(selections, other).parts()))
                .toList();
        return missing.isEmpty() ? covering : List.of();
    }

    /** Of two parameters with the same paths, the first by name keeps the index entries. */
    private boolean mayCover(ParameterSource other, ParameterSource source) {
        Set<?> parts = get(selections, source.code()).parts();
        Set<?> otherParts = get(selections, other.code()).parts();
        boolean before = otherParts.size() < parts.size() || other.code().compareTo(source.code()) < 0;
        boolean alike = other.kind() == source.kind()
                && (source.kind() != SearchType.REFERENCE || other.targets().equals(source.targets()));
        return before
                && alike
                && parts.containsAll(otherParts)
                && covering(other).isEmpty();
    }

    private int size(String code) {
        return get(selections, code).parts().size();
    }

    private boolean isPatient(String code) {
        ParameterSource source = sources.get(code);
        return source != null
                && source.kind() == SearchType.REFERENCE
                && (source.ofPatient() || code.equals("patient"))
                && selections.get(code) instanceof Selection.Elements elements
                && elements.paths().size() == 1
                && elements.paths().iterator().next().single();
    }

    private boolean samePathAsPatient(SearchParameter parameter) {
        return patient != null
                && parameter.kind() == SearchType.REFERENCE
                && properties(parameter.code()).equals(properties(patient.code()));
    }

    private Set<List<String>> properties(String code) {
        return get(selections, code) instanceof Selection.Elements elements
                ? elements.paths().stream().map(CompiledPath::properties).collect(Collectors.toSet())
                : Set.of();
    }

    private static <T> T get(Map<String, T> map, String code) {
        T found = map.get(code);
        if (found == null) {
            throw new IllegalArgumentException("no search parameter " + code);
        }
        return found;
    }
}

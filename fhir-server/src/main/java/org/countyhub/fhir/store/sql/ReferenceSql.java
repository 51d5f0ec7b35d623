package org.countyhub.fhir.store.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.search.index.SearchParameter;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.search.model.Criterion;
import org.countyhub.fhir.search.model.ReferenceValue;
import org.countyhub.kernel.Sql;

/**
 * Reference search (FHIR R4 section 3.1.1.4.12). A reference to the patient of a record is a column of
 * {@code resource}; all others are rows of {@code search_reference}.
 */
final class ReferenceSql {
    private final SearchParameters parameters;
    private final ToIntFunction<String> typeIds;

    ReferenceSql(SearchParameters parameters, ToIntFunction<String> typeIds) {
        this.parameters = parameters;
        this.typeIds = typeIds;
    }

    /** Whether the criterion binds the search to the patient of the record and nothing else. */
    boolean ofPatient(Criterion.References references) {
        return covers(references.parameter())
                && references.anyOf().stream().allMatch(value -> switch (value) {
                    case ReferenceValue.Local local ->
                        SearchParameters.isPerson(references.parameter())
                                || local.keys().stream()
                                        .allMatch(key -> key.type().equals("Patient"));
                    case ReferenceValue.External ignored -> false;
                });
    }

    boolean covers(SearchParameter parameter) {
        if (SearchParameters.isPerson(parameter)) {
            return parameter.type().equals("Patient") || parameters.patientPath(parameter.type()) != null;
        }
        return Parameters.stored(parameter).stream().allMatch(parameters::coversPatient);
    }

    Condition condition(Criterion.References references) {
        if (SearchParameters.isPerson(references.parameter())) {
            return ofPersons(references.parameter(), among("l.person", local(references)));
        }
        List<ResourceKey> patients = new ArrayList<>();
        List<ResourceKey> others = new ArrayList<>();
        List<Long> external = new ArrayList<>();
        for (ReferenceValue value : references.anyOf()) {
            switch (value) {
                case ReferenceValue.Local local -> {
                    for (ResourceKey key : local.keys()) {
                        boolean column = key.type().equals("Patient") && covers(references.parameter());
                        (column ? patients : others).add(key);
                    }
                }
                case ReferenceValue.External url -> external.add(IndexKeys.externalTarget(url.url()));
            }
        }
        int[] edges = Parameters.edges(List.of(references.parameter()));
        List<Condition> any = new ArrayList<>();
        if (!patients.isEmpty()) {
            any.add(new Condition.OnRow(alias -> among(alias + ".patient", patients)));
        }
        if (!others.isEmpty()) {
            any.add(rows(edges, among("f.target", others)));
        }
        if (!external.isEmpty()) {
            long[] targets = external.stream().mapToLong(Long::longValue).toArray();
            any.add(rows(edges, Parameters.oneOf("f.target", targets)));
        }
        return anyOf(any);
    }

    /** Persons are of this server; a person elsewhere has no links here. */
    private static List<ResourceKey> local(Criterion.References references) {
        return references.anyOf().stream()
                .flatMap(value -> switch (value) {
                    case ReferenceValue.Local local -> local.keys().stream();
                    case ReferenceValue.External ignored -> Stream.<ResourceKey>empty();
                })
                .toList();
    }

    /** Records of every patient that is linked to a person; {@code whose} is a condition on {@code person_link l}. */
    private Condition ofPersons(SearchParameter parameter, Sql whose) {
        Sql patients = Sql.of("select l.patient from person_link l where ").plus(whose);
        if (parameter.type().equals("Patient")) {
            return new Condition.OnRow(
                    alias -> Sql.of(alias + ".id in (").plus(patients).plus(")"));
        }
        return anyOf(parameters.patientCompartment(parameter.type()).stream()
                .map(path -> chained(path, "Patient", patients))
                .toList());
    }

    /** A condition on what the parameter refers to; {@code targets} selects the numbers of the wanted targets. */
    Condition chained(SearchParameter parameter, String targetType, Sql targets) {
        if (SearchParameters.isPerson(parameter)) {
            return ofPersons(parameter, Sql.of("l.person in (").plus(targets).plus(")"));
        }
        if (targetType.equals("Patient") && covers(parameter)) {
            return new Condition.OnRow(
                    alias -> Sql.of(alias + ".patient in (").plus(targets).plus(")"));
        }
        return rows(
                Parameters.edges(List.of(parameter)),
                Sql.of("f.target in (").plus(targets).plus(")"));
    }

    static Condition anyOf(List<Condition> conditions) {
        if (conditions.size() == 1) {
            return conditions.getFirst();
        }
        return new Condition.OnRow(alias -> Sql.of("(")
                .plus(Sql.join(conditions.stream().map(c -> c.on(alias)).toList(), " or "))
                .plus(")"));
    }

    private static Condition rows(int[] edges, Sql targets) {
        return new Condition.Members(
                "search_reference f",
                "f.resource_id",
                Parameters.oneOf("f.param", edges).plus(" and ").plus(targets));
    }

    private Sql among(String column, List<ResourceKey> keys) {
        if (keys.size() == 1) {
            ResourceKey key = keys.getFirst();
            return Sql.of(
                    column + " = (select k.id from resource k where k.type = ? and k.fhir_id = ?)",
                    (short) typeIds.applyAsInt(key.type()),
                    key.id());
        }
        short[] types = new short[keys.size()];
        String[] ids = new String[keys.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = (short) typeIds.applyAsInt(keys.get(i).type());
            ids[i] = keys.get(i).id();
        }
        return Sql.of(
                column + " in (select k.id from unnest(?::smallint[], ?::text[]) as w(type, fhir_id)"
                        + " join resource k on k.type = w.type and k.fhir_id = w.fhir_id)",
                types,
                ids);
    }
}

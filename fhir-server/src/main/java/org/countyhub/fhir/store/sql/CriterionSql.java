package org.countyhub.fhir.store.sql;

import java.util.List;
import java.util.function.ToIntFunction;
import org.countyhub.fhir.search.index.SearchParameter;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.search.index.StringFolding;
import org.countyhub.fhir.search.model.Criterion;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.Sql;

/** From one criterion to the condition on {@code resource} rows; one case for each kind. */
final class CriterionSql {
    private static final String NO_DATE = "'-infinity'";

    private final SearchParameters parameters;
    private final ToIntFunction<String> typeIds;
    final ReferenceSql references;

    CriterionSql(SearchParameters parameters, ToIntFunction<String> typeIds) {
        this.parameters = parameters;
        this.typeIds = typeIds;
        this.references = new ReferenceSql(parameters, typeIds);
    }

    Condition compile(Criterion criterion) {
        return switch (criterion) {
            case Criterion.Tokens tokens ->
                new Condition.Members("search_token t", "t.resource_id", TokenSql.rows(tokens));
            case Criterion.References references_ -> references.condition(references_);
            case Criterion.Chain chain -> chain(chain);
            case Criterion.Strings strings -> strings(strings);
            case Criterion.Uris uris ->
                texts(uris.parameter(), Sql.of("s.value = any(?)", (Object)
                        uris.anyOf().stream().map(IndexKeys::indexed).toArray(String[]::new)));
            case Criterion.Dates dates -> dates(dates);
            case Criterion.Ids ids ->
                new Condition.OnRow(alias ->
                        Sql.of(alias + ".fhir_id = any(?)", (Object) ids.anyOf().toArray(String[]::new)));
            case Criterion.LastUpdated updated ->
                new Condition.OnRow(alias -> DateSql.instants(alias + ".last_updated", updated.anyOf()));
        };
    }

    private Condition chain(Criterion.Chain chain) {
        return ReferenceSql.anyOf(chain.anyOf().stream()
                .map(link -> references.chained(
                        chain.parameter(),
                        link.targetType(),
                        compile(link.criterion()).numbers((short) typeIds.applyAsInt(link.targetType()))))
                .toList());
    }

    private static Condition texts(SearchParameter parameter, Sql values) {
        return new Condition.Members(
                "search_string s",
                "s.resource_id",
                Parameters.oneOf("s.key", Parameters.keys(parameter))
                        .plus(" and ")
                        .plus(values));
    }

    private static Condition strings(Criterion.Strings strings) {
        List<Sql> any = strings.anyOf().stream()
                .map(value -> switch (strings.match()) {
                    case STARTS_WITH -> startsWith(strings.parameter(), value);
                    case EXACT ->
                        Sql.of(
                                "s.value = ? and coalesce(s.exact, s.value) = ?",
                                IndexKeys.indexed(StringFolding.fold(value)),
                                IndexKeys.indexed(value));
                })
                .toList();
        return texts(
                strings.parameter(), Sql.of("(").plus(Sql.join(any, " or ")).plus(")"));
    }

    /** All texts from the prefix to the prefix followed by the last character there is; collation C sorts by code point. */
    private static Sql startsWith(SearchParameter parameter, String prefix) {
        if (prefix.length() > IndexKeys.MAX_PREFIX) {
            throw Problem.badSearch(
                    parameter.code(), "a text to search for has at most " + IndexKeys.MAX_PREFIX + " characters");
        }
        return Sql.of("s.value >= ? and s.value < ?", prefix, prefix + Character.toString(Character.MAX_CODE_POINT));
    }

    private Condition dates(Criterion.Dates dates) {
        if (dates.parameter().equals(parameters.clinicalDate(dates.parameter().type()))) {
            return new Condition.OnRow(alias -> Sql.of(alias + ".dated_low > " + NO_DATE + " and ")
                    .plus(DateSql.ranges(alias + ".dated_low", alias + ".dated_high", dates.anyOf())));
        }
        return new Condition.Members(
                "search_date s",
                "s.resource_id",
                Parameters.oneOf("s.key", Parameters.keys(dates.parameter()))
                        .plus(" and ")
                        .plus(DateSql.ranges("s.low", "s.high", dates.anyOf())));
    }
}

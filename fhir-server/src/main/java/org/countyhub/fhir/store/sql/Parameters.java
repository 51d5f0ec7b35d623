package org.countyhub.fhir.store.sql;

import java.util.List;
import org.countyhub.fhir.search.index.SearchParameter;
import org.countyhub.kernel.Sql;

/** Under which parameters values are stored, and how a column is compared with their keys. */
final class Parameters {
    private Parameters() {}

    /** The parameters that hold the values of this one: itself, or those that answer for it. */
    static List<SearchParameter> stored(SearchParameter parameter) {
        return parameter.answeredBy().isEmpty() ? List.of(parameter) : parameter.answeredBy();
    }

    static long[] keys(SearchParameter parameter) {
        return stored(parameter).stream().mapToLong(IndexKeys::parameter).toArray();
    }

    static int[] edges(List<SearchParameter> parameters) {
        return parameters.stream()
                .flatMap(parameter -> stored(parameter).stream())
                .mapToInt(IndexKeys::edge)
                .distinct()
                .toArray();
    }

    /** A comparison with one constant where there is one: the planner knows more about that. */
    static Sql oneOf(String column, long[] values) {
        return values.length == 1 ? Sql.of(column + " = ?", values[0]) : Sql.of(column + " = any(?)", (Object) values);
    }

    static Sql oneOf(String column, int[] values) {
        return values.length == 1 ? Sql.of(column + " = ?", values[0]) : Sql.of(column + " = any(?)", (Object) values);
    }
}

package org.countyhub.fhir.store.sql;

import java.time.Instant;
import java.util.List;
import org.countyhub.fhir.search.model.DateValue;
import org.countyhub.kernel.Sql;

/** Date comparisons of FHIR R4 section 3.1.1.4.7 between closed-open ranges. */
final class DateSql {
    private DateSql() {}

    /** Any of the comparisons, on a pair of columns that holds the range of the value. */
    static Sql ranges(String low, String high, List<DateValue> anyOf) {
        return any(anyOf.stream().map(value -> range(low, high, value)).toList());
    }

    private static Sql range(String low, String high, DateValue value) {
        Instant from = value.lowInclusive();
        Instant to = value.highExclusive();
        return switch (value.prefix()) {
            // The bound on low alone would do for short values; the one on high makes it containment.
            case EQ -> Sql.of("(" + low + " >= ? and " + low + " < ? and " + high + " <= ?)", from, to, to);
            case NE -> Sql.of("(" + low + " < ? or " + high + " > ?)", from, to);
            case GT -> Sql.of(high + " > ?", to);
            case LT -> Sql.of(low + " < ?", from);
            case GE -> Sql.of("(" + low + " >= ? or " + high + " > ?)", from, to);
            case LE -> Sql.of("(" + high + " <= ? or " + low + " < ?)", to, from);
            case SA -> Sql.of(low + " >= ?", to);
            case EB -> Sql.of(high + " <= ?", from);
            case AP -> Sql.of("(" + low + " < ? and " + high + " > ?)", to, from);
        };
    }

    /** Any of the comparisons, on a column that holds an instant. */
    static Sql instants(String column, List<DateValue> anyOf) {
        return any(anyOf.stream().map(value -> instant(column, value)).toList());
    }

    private static Sql instant(String column, DateValue value) {
        Instant from = value.lowInclusive();
        Instant to = value.highExclusive();
        return switch (value.prefix()) {
            case EQ, AP -> Sql.of("(" + column + " >= ? and " + column + " < ?)", from, to);
            case NE -> Sql.of("(" + column + " < ? or " + column + " >= ?)", from, to);
            case GT, SA -> Sql.of(column + " >= ?", to);
            case LT, EB -> Sql.of(column + " < ?", from);
            case GE -> Sql.of(column + " >= ?", from);
            case LE -> Sql.of(column + " < ?", to);
        };
    }

    private static Sql any(List<Sql> alternatives) {
        return alternatives.size() == 1
                ? alternatives.getFirst()
                : Sql.of("(").plus(Sql.join(alternatives, " or ")).plus(")");
    }
}

package org.countyhub.fhir.store.sql;

import java.util.ArrayList;
import java.util.List;
import org.countyhub.fhir.search.index.SearchParameter;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.search.index.SearchType;
import org.countyhub.fhir.search.model.SearchQuery.Cursor;
import org.countyhub.fhir.search.model.Sort;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.Sql;

/**
 * The order of a result: expressions over the row {@code r}, the number of the resource last, so that the order is total
 * and the next page starts right after the last match whatever was written meanwhile.
 */
record Order(List<Key> keys, boolean numberDescending) {
    /** One expression, and the type that its text is cast back to. */
    record Key(Sql expression, String type, boolean descending) {}

    static final Order NEWEST_NUMBER = new Order(List.of(), true);
    static final Order NEWEST_CHANGE = new Order(List.of(new Key(Sql.of("r.last_updated"), "timestamptz", true)), true);
    static final Order NEWEST_DATE = new Order(List.of(new Key(Sql.of("r.dated_low"), "timestamptz", true)), true);

    static Order of(List<Sort> sort, SearchParameters parameters) {
        List<Key> keys =
                sort.stream().map(s -> key(s.key(), s.descending(), parameters)).toList();
        return new Order(keys, keys.getFirst().descending());
    }

    private static Key key(Sort.Key key, boolean descending, SearchParameters parameters) {
        return switch (key) {
            case Sort.Key.Id ignored -> new Key(Sql.of("r.fhir_id"), "text", descending);
            case Sort.Key.LastUpdated ignored -> new Key(Sql.of("r.last_updated"), "timestamptz", descending);
            case Sort.Key.Value value -> {
                SearchParameter parameter = value.parameter();
                if (parameter.equals(parameters.clinicalDate(parameter.type()))) {
                    yield new Key(Sql.of("r.dated_low"), "timestamptz", descending);
                }
                long[] stored = Parameters.keys(parameter);
                String first = descending ? "max" : "min";
                yield parameter.kind() == SearchType.DATE
                        ? new Key(
                                first(first + "(v.low)", "search_date", stored, "'-infinity'"),
                                "timestamptz",
                                descending)
                        : new Key(first(first + "(v.value)", "search_string", stored, "''"), "text", descending);
            }
        };
    }

    /** Of several values the one that comes first in the order asked for (FHIR R4 section 3.1.1.5.1). */
    private static Sql first(String value, String table, long[] keys, String ifNone) {
        return Sql.of("coalesce((select " + value + " from " + table + " v where v.resource_id = r.id and ")
                .plus(Parameters.oneOf("v.key", keys))
                .plus("), " + ifNone + ")");
    }

    Sql orderBy() {
        List<Sql> parts = new ArrayList<>();
        for (Key key : keys) {
            parts.add(key.expression().plus(key.descending() ? " desc" : ""));
        }
        parts.add(Sql.of(numberDescending ? "r.id desc" : "r.id"));
        return Sql.of("order by ").plus(Sql.join(parts, ", "));
    }

    /** The sort values as one column of texts, for the cursor. */
    Sql values() {
        if (keys.isEmpty()) {
            return Sql.of("null::text[]");
        }
        List<Sql> texts =
                keys.stream().map(key -> key.expression().plus("::text")).toList();
        return Sql.of("array[").plus(Sql.join(texts, ", ")).plus("]");
    }

    /** The condition that a row comes after the cursor. */
    Sql after(Cursor cursor) {
        if (cursor.values().size() != keys.size()) {
            throw Problem.badSearch("_cursor", "the page link belongs to another search");
        }
        List<Key> all = new ArrayList<>(keys);
        all.add(new Key(Sql.of("r.id"), "bigint", numberDescending));
        List<String> values = new ArrayList<>(cursor.values());
        values.add(Long.toString(cursor.surrogate()));
        boolean uniform = all.stream().allMatch(key -> key.descending() == numberDescending);
        return uniform ? rowAfter(all, values) : stepwiseAfter(all, values);
    }

    /** All keys run the same way: one row comparison, which an index over the same columns answers. */
    private Sql rowAfter(List<Key> all, List<String> values) {
        List<Sql> places = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            places.add(place(all.get(i), values.get(i)));
        }
        return Sql.of("(")
                .plus(Sql.join(all.stream().map(Key::expression).toList(), ", "))
                .plus(numberDescending ? ") < (" : ") > (")
                .plus(Sql.join(places, ", "))
                .plus(")");
    }

    private static Sql stepwiseAfter(List<Key> all, List<String> values) {
        List<Sql> alternatives = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            List<Sql> terms = new ArrayList<>();
            for (int j = 0; j < i; j++) {
                terms.add(all.get(j).expression().plus(" = ").plus(place(all.get(j), values.get(j))));
            }
            Key key = all.get(i);
            terms.add(key.expression().plus(key.descending() ? " < " : " > ").plus(place(key, values.get(i))));
            alternatives.add(Sql.of("(").plus(Sql.join(terms, " and ")).plus(")"));
        }
        return Sql.of("(").plus(Sql.join(alternatives, " or ")).plus(")");
    }

    private static Sql place(Key key, String value) {
        return Sql.of("?::text::" + key.type(), value);
    }
}

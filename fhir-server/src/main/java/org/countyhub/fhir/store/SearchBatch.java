package org.countyhub.fhir.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.countyhub.kernel.Sql;
import org.jspecify.annotations.Nullable;

/**
 * The search rows of one transaction, as columns; edges are in {@link RecordBatch}, because they live in two tables. Many rows are
 * inserted in the order of their index, whose pages are then visited once each.
 */
final class SearchBatch {
    private static final String INSERT_TOKENS = """
            insert into search_token (value_hash, token_hash, resource_id)
            select * from unnest(?::bigint[], ?::bigint[], ?::bigint[]) order by 1, 3""";
    private static final String DELETE_TOKENS = """
            delete from search_token t
            using unnest(?::bigint[], ?::bigint[], ?::bigint[]) as d(value_hash, token_hash, resource_id)
            where t.value_hash = d.value_hash and t.token_hash = d.token_hash and t.resource_id = d.resource_id""";
    private static final String INSERT_STRINGS = """
            insert into search_string (key, resource_id, token_hash, value, exact)
            select n.key, n.resource_id, n.token_hash, n.value, n.exact
            from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[])
              as n(key, resource_id, token_hash, value, exact)
            order by n.key, n.value collate "C", n.resource_id""";
    private static final String DELETE_STRINGS = """
            delete from search_string s
            using unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[])
              as d(key, resource_id, token_hash, value, exact)
            where s.resource_id = d.resource_id and s.key = d.key and s.value = d.value
              and s.token_hash is not distinct from d.token_hash and s.exact is not distinct from d.exact""";
    private static final String INSERT_DATES = """
            insert into search_date (key, low, high, resource_id, token_hash)
            select key, low::timestamptz, high::timestamptz, resource_id, token_hash
            from unnest(?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::bigint[])
              as n(key, low, high, resource_id, token_hash)""";
    private static final String DELETE_DATES = """
            delete from search_date s
            using unnest(?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::bigint[])
              as d(key, low, high, resource_id, token_hash)
            where s.resource_id = d.resource_id and s.key = d.key
              and s.low = d.low::timestamptz and s.high = d.high::timestamptz
              and s.token_hash is not distinct from d.token_hash""";
    private static final String INSERT_QUANTITIES = """
            insert into search_quantity (key, low, high, resource_id, unit_hash, token_hash)
            select * from unnest(?::bigint[], ?::float8[], ?::float8[], ?::bigint[], ?::bigint[], ?::bigint[])""";
    private static final String DELETE_QUANTITIES = """
            delete from search_quantity s
            using unnest(?::bigint[], ?::float8[], ?::float8[], ?::bigint[], ?::bigint[], ?::bigint[])
              as d(key, low, high, resource_id, unit_hash, token_hash)
            where s.key = d.key and s.low = d.low and s.high = d.high and s.resource_id = d.resource_id
              and s.unit_hash is not distinct from d.unit_hash and s.token_hash is not distinct from d.token_hash""";

    private final Longs tokenValues = new Longs();
    private final Longs tokenHashes = new Longs();
    private final Longs tokenResources = new Longs();

    private record TextRow(long resource, ResourceRows.Text text) {}

    private record DateRow(long resource, ResourceRows.Dated dated) {}

    private record QuantityRow(long resource, ResourceRows.Quantity quantity) {}

    private final List<TextRow> texts = new ArrayList<>();
    private final List<DateRow> dates = new ArrayList<>();
    private final List<QuantityRow> quantities = new ArrayList<>();

    /** Takes the rows of {@code rows} that {@code others} does not have. */
    void addMissing(long resource, @Nullable ResourceRows rows, @Nullable ResourceRows others) {
        if (rows == null) {
            return;
        }
        for (ResourceRows.Token token : others == null ? rows.tokens : missing(rows.tokens, others.tokens)) {
            tokenValues.add(token.valueHash());
            tokenHashes.add(token.tokenHash());
            tokenResources.add(resource);
        }
        for (ResourceRows.Text text : others == null ? rows.texts : missing(rows.texts, others.texts)) {
            texts.add(new TextRow(resource, text));
        }
        for (ResourceRows.Dated dated : others == null ? rows.dates : missing(rows.dates, others.dates)) {
            dates.add(new DateRow(resource, dated));
        }
        for (ResourceRows.Quantity quantity :
                others == null ? rows.quantities : missing(rows.quantities, others.quantities)) {
            quantities.add(new QuantityRow(resource, quantity));
        }
    }

    private static <T> List<T> missing(Set<T> rows, Set<T> others) {
        return rows.stream().filter(row -> !others.contains(row)).toList();
    }

    void inserts(List<Sql> statements) {
        statements(statements, INSERT_TOKENS, INSERT_STRINGS, INSERT_DATES, INSERT_QUANTITIES);
    }

    void deletes(List<Sql> statements) {
        statements(statements, DELETE_TOKENS, DELETE_STRINGS, DELETE_DATES, DELETE_QUANTITIES);
    }

    private void statements(
            List<Sql> statements, String onTokens, String onStrings, String onDates, String onQuantities) {
        if (tokenValues.size() > 0) {
            statements.add(Sql.of(onTokens, tokenValues.toArray(), tokenHashes.toArray(), tokenResources.toArray()));
        }
        if (!texts.isEmpty()) {
            statements.add(Sql.of(
                    onStrings,
                    texts.stream().mapToLong(row -> row.text().key()).toArray(),
                    texts.stream().mapToLong(TextRow::resource).toArray(),
                    texts.stream().map(row -> row.text().tokenHash()).toArray(Long[]::new),
                    texts.stream().map(row -> row.text().value()).toArray(String[]::new),
                    texts.stream().map(row -> row.text().exact()).toArray(String[]::new)));
        }
        if (!dates.isEmpty()) {
            statements.add(Sql.of(
                    onDates,
                    dates.stream().mapToLong(row -> row.dated().key()).toArray(),
                    dates.stream().map(row -> timestamp(row.dated().low())).toArray(String[]::new),
                    dates.stream().map(row -> timestamp(row.dated().high())).toArray(String[]::new),
                    dates.stream().mapToLong(DateRow::resource).toArray(),
                    dates.stream().map(row -> row.dated().tokenHash()).toArray(Long[]::new)));
        }
        if (!quantities.isEmpty()) {
            statements.add(Sql.of(
                    onQuantities,
                    quantities.stream().mapToLong(row -> row.quantity().key()).toArray(),
                    quantities.stream().mapToDouble(row -> row.quantity().low()).toArray(),
                    quantities.stream()
                            .mapToDouble(row -> row.quantity().high())
                            .toArray(),
                    quantities.stream().mapToLong(QuantityRow::resource).toArray(),
                    quantities.stream().map(row -> row.quantity().unitHash()).toArray(Long[]::new),
                    quantities.stream().map(row -> row.quantity().tokenHash()).toArray(Long[]::new)));
        }
    }

    static String timestamp(Instant instant) {
        return instant.toString();
    }
}

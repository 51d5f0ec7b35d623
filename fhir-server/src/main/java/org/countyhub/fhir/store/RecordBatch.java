package org.countyhub.fhir.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.countyhub.fhir.resource.ResourceChange;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.kernel.Sql;
import org.jspecify.annotations.Nullable;

/** The rows of {@code resource}, {@code resource_history} and {@code search_reference} of one transaction. */
final class RecordBatch {
    private static final String INSERT = """
            insert into resource (id, type, fhir_id, version, change, last_updated, patient, dated_low, dated_high,
              edge_params, edge_targets, body)
            select id, type, fhir_id, version, change, last_updated::timestamptz, nullif(patient, 0),
              low::timestamptz, high::timestamptz, params::integer[], targets::bigint[], body
            from unnest(?::bigint[], ?::smallint[], ?::text[], ?::integer[], ?::smallint[], ?::text[], ?::bigint[],
              ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[])
              as n(id, type, fhir_id, version, change, last_updated, patient, low, high, params, targets, body)""";
    private static final String KEEP_SUPERSEDED = """
            insert into resource_history (resource_id, version, type, change, last_updated, body)
            select id, version, type, change, last_updated, body from resource where id = any(?) and version > 0""";
    private static final String UPDATE = """
            update resource r set version = n.version, change = n.change, last_updated = n.last_updated::timestamptz,
              patient = nullif(n.patient, 0), dated_low = n.low::timestamptz, dated_high = n.high::timestamptz,
              edge_params = n.params::integer[], edge_targets = n.targets::bigint[], body = n.body
            from unnest(?::bigint[], ?::integer[], ?::integer[], ?::smallint[], ?::text[], ?::bigint[],
              ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[])
              as n(id, previous, version, change, last_updated, patient, low, high, params, targets, body)
            where r.id = n.id and r.version = n.previous""";
    private static final String INSERT_EDGES = """
            insert into search_reference (target, resource_id, param)
            select * from unnest(?::bigint[], ?::bigint[], ?::integer[])""";
    // The old edges are read off the row that is about to be updated, so this comes before UPDATE. OFFSET 0 makes them
    // a list of whole keys; joined freely, the planner would read every reference to a hospital to find one.
    private static final String DELETE_OLD_EDGES = """
            delete from search_reference f
            using (select r.id, e.target, e.param
                   from resource r cross join lateral unnest(r.edge_targets, r.edge_params) as e(target, param)
                   where r.id = any(?) offset 0) as old
            where f.target = old.target and f.param = old.param and f.resource_id = old.id
              and not exists (
                select 1 from unnest(?::bigint[], ?::bigint[], ?::integer[]) as n(target, resource_id, param)
                where n.target = old.target and n.resource_id = old.id and n.param = old.param)""";
    private static final String ADD_NEW_EDGES = """
            insert into search_reference (target, resource_id, param)
            select n.target, n.resource_id, n.param
            from unnest(?::bigint[], ?::bigint[], ?::integer[]) as n(target, resource_id, param)
            where not exists (
              select 1 from search_reference f
              where f.target = n.target and f.resource_id = n.resource_id and f.param = n.param)""";

    private static final String NO_DATE = "-infinity";

    /** One row of {@code resource} to be. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Row(
            ResourceChange change,
            short type,
            long patient,
            String low,
            String high,
            @Nullable String params,
            @Nullable String targets,
            byte @Nullable [] body) {}

    /** Edges as columns of search_reference. */
    private static final class Edges {
        final Longs targets = new Longs();
        final Longs resources = new Longs();
        final Longs params = new Longs();

        void add(long target, long resource, int param) {
            targets.add(target);
            resources.add(resource);
            params.add(param);
        }

        Sql sql(String statement) {
            return Sql.of(statement, targets.toArray(), resources.toArray(), params.toInts());
        }
    }

    private final List<Row> inserts = new ArrayList<>();
    private final List<Row> updates = new ArrayList<>();
    private final Edges newEdges = new Edges();
    private final Edges updatedEdges = new Edges();
    /** Resources whose old edges may go. */
    private final Longs rewired = new Longs();

    void add(
            ResourceChange change,
            short type,
            byte @Nullable [] body,
            @Nullable ResourceRows rows,
            @Nullable ResourceRows before,
            Map<ResourceKey, Long> surrogates) {
        boolean insert = change.previousVersion() == null;
        boolean edgesStay = rows != null && before != null && rows.edges.equals(before.edges);
        if (!insert && !edgesStay) {
            rewired.add(change.surrogate());
        }
        if (rows == null) {
            Row bare = new Row(change, type, 0, NO_DATE, NO_DATE, null, null, body);
            (insert ? inserts : updates).add(bare);
            return;
        }
        if (!edgesStay) {
            Edges into = insert ? newEdges : updatedEdges;
            for (ResourceRows.Edge edge : rows.referenceRows()) {
                into.add(target(edge, surrogates), change.surrogate(), edge.param());
            }
        }
        Row row = new Row(
                change,
                type,
                rows.patient == null ? 0 : number(rows.patient, surrogates),
                rows.dated == null ? NO_DATE : SearchBatch.timestamp(rows.dated.lowInclusive()),
                rows.dated == null ? NO_DATE : SearchBatch.timestamp(rows.dated.highExclusive()),
                array(rows.edges, edge -> edge.param()),
                array(rows.edges, edge -> target(edge, surrogates)),
                body);
        (insert ? inserts : updates).add(row);
    }

    private static long target(ResourceRows.Edge edge, Map<ResourceKey, Long> surrogates) {
        return edge.target() == null ? edge.external() : number(edge.target(), surrogates);
    }

    private static long number(ResourceKey key, Map<ResourceKey, Long> surrogates) {
        return Objects.requireNonNull(surrogates.get(key), () -> "no number for " + key);
    }

    private static @Nullable String array(
            Set<ResourceRows.Edge> edges, java.util.function.ToLongFunction<ResourceRows.Edge> column) {
        return edges.isEmpty()
                ? null
                : edges.stream().mapToLong(column).mapToObj(Long::toString).collect(Collectors.joining(",", "{", "}"));
    }

    boolean hasUpdates() {
        return !updates.isEmpty();
    }

    void statements(List<Sql> statements) {
        if (!updates.isEmpty()) {
            statements.add(Sql.of(KEEP_SUPERSEDED, (Object) ids(updates)));
            if (rewired.size() > 0) {
                statements.add(Sql.of(
                        DELETE_OLD_EDGES,
                        rewired.toArray(),
                        updatedEdges.targets.toArray(),
                        updatedEdges.resources.toArray(),
                        updatedEdges.params.toInts()));
            }
            statements.add(update());
            if (updatedEdges.targets.size() > 0) {
                statements.add(updatedEdges.sql(ADD_NEW_EDGES));
            }
        }
        if (!inserts.isEmpty()) {
            statements.add(insert());
        }
        if (newEdges.targets.size() > 0) {
            statements.add(newEdges.sql(INSERT_EDGES));
        }
    }

    private static long[] ids(List<Row> rows) {
        return rows.stream().mapToLong(row -> row.change().surrogate()).toArray();
    }

    private Sql insert() {
        return Sql.of(
                INSERT,
                ids(inserts),
                shorts(inserts, Row::type),
                texts(inserts, row -> row.change().key().id()),
                ints(inserts, row -> row.change().version()),
                shorts(inserts, row -> row.change().change().code()),
                texts(inserts, row -> SearchBatch.timestamp(row.change().lastUpdated())),
                inserts.stream().mapToLong(Row::patient).toArray(),
                texts(inserts, Row::low),
                texts(inserts, Row::high),
                texts(inserts, Row::params),
                texts(inserts, Row::targets),
                inserts.stream().map(Row::body).toArray(byte[][]::new));
    }

    private Sql update() {
        return Sql.of(
                UPDATE,
                ids(updates),
                ints(updates, row -> Objects.requireNonNull(row.change().previousVersion())),
                ints(updates, row -> row.change().version()),
                shorts(updates, row -> row.change().change().code()),
                texts(updates, row -> SearchBatch.timestamp(row.change().lastUpdated())),
                updates.stream().mapToLong(Row::patient).toArray(),
                texts(updates, Row::low),
                texts(updates, Row::high),
                texts(updates, Row::params),
                texts(updates, Row::targets),
                updates.stream().map(Row::body).toArray(byte[][]::new));
    }

    private static String[] texts(List<Row> rows, java.util.function.Function<Row, @Nullable String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private static int[] ints(List<Row> rows, java.util.function.ToIntFunction<Row> column) {
        return rows.stream().mapToInt(column).toArray();
    }

    private static short[] shorts(List<Row> rows, java.util.function.ToIntFunction<Row> column) {
        short[] values = new short[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) column.applyAsInt(rows.get(i));
        }
        return values;
    }

    /** The place of UPDATE among the statements. */
    private int updateStatement() {
        return rewired.size() > 0 ? 2 : 1;
    }

    /** Checks that every update found the version it was planned on; counts come back in the order of the statements. */
    void requireUpdated(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < updateStatement(); i++) {
            statement.getMoreResults();
        }
        if (statement.getUpdateCount() != updates.size()) {
            // The same SQLState as PostgreSQL's own, so that the transaction is planned again on what is there now.
            throw new SQLException("a version changed while it was being replaced", "40001");
        }
    }
}

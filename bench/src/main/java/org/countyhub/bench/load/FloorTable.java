package org.countyhub.bench.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table of the server that holds rows of resources, and its empty twin in the schema of the floor.
 *
 * @param schema where the server keeps it
 * @param idColumn the column with the surrogate id of the resource
 * @param columns those that take a value, in order; generated ones are left out
 * @param identity whether the database numbers the rows itself
 */
record FloorTable(String schema, String name, String idColumn, List<String> columns, boolean identity) {
    static final String FLOOR_SCHEMA = "bench_floor";

    // A partition is reached through its parent. Of the table `resource` the id is its own key.
    private static final String TABLES = """
            select n.nspname, c.relname, a.attname
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relkind in ('r', 'p') and not c.relispartition
              and n.nspname not in ('pg_catalog', 'information_schema', 'bench_floor')
              and a.atttypid in ('int8'::regtype, 'int4'::regtype)
              and (a.attname = 'resource_id' or (c.relname = 'resource' and a.attname = 'id'))
            order by n.nspname, c.relname, a.attname
            """;
    private static final String COLUMNS = """
            select column_name, is_identity = 'YES'
            from information_schema.columns
            where table_schema = ? and table_name = ? and is_generated = 'NEVER'
            order by ordinal_position
            """;

    /** The table with the current body of each resource, among those found. */
    static Optional<FloorTable> bodies(List<FloorTable> tables) {
        return tables.stream()
                .filter(table ->
                        table.name().equals("resource") && table.columns().contains("body"))
                .findFirst();
    }

    /** The highest surrogate id so far, 0 when there is none. */
    long highestId(Connection connection) throws SQLException {
        String sql = "select coalesce(max(" + quoted(idColumn) + "), 0) from " + qualified();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Surrogate ids above one and up to another, lowest first; ids may have gaps. */
    List<Long> ids(Connection connection, long above, long upTo, int limit) throws SQLException {
        String sql = "select " + quoted(idColumn) + " from " + qualified() + " where " + quoted(idColumn) + " > ? and "
                + quoted(idColumn) + " <= ? order by 1 limit ?";
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, above);
            statement.setLong(2, upTo);
            statement.setInt(3, limit);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                }
            }
        }
        return ids;
    }

    /** Reads one body by its surrogate id. */
    String selectBody() {
        return "select body from " + qualified() + " where " + quoted(idColumn) + " = ?";
    }

    /** The tables of the server whose rows belong to single resources; empty when there are none. */
    static List<FloorTable> find(Connection connection) throws SQLException {
        List<FloorTable> tables = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(TABLES);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                tables.add(table(connection, row.getString(1), row.getString(2), row.getString(3)));
            }
        }
        return tables;
    }

    private static FloorTable table(Connection connection, String schema, String name, String idColumn)
            throws SQLException {
        List<String> columns = new ArrayList<>();
        boolean identity = false;
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, schema);
            statement.setString(2, name);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(row.getString(1));
                    identity |= row.getBoolean(2);
                }
            }
        }
        return new FloorTable(schema, name, idColumn, List.copyOf(columns), identity);
    }

    /** Makes the empty twin with the same columns, defaults, indexes and storage. */
    String createTwin() {
        return "create table " + twin() + " (like " + qualified() + " including all)";
    }

    private String qualified() {
        return quoted(schema) + "." + quoted(name);
    }

    private String twin() {
        return FLOOR_SCHEMA + "." + quoted(name);
    }

    /** The rows of the resources from one surrogate id to another, both inclusive, in the order of the resources. */
    List<FloorRow> rows(Connection connection, long fromId, long toId) throws SQLException {
        String sql = "select " + quoted(idColumn) + ", " + columnList() + " from " + qualified() + " where "
                + quoted(idColumn) + " between ? and ? order by 1";
        List<FloorRow> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, fromId);
            statement.setLong(2, toId);
            statement.setFetchSize(2_000);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    List<@Nullable Object> values = new ArrayList<>(columns.size());
                    for (int i = 0; i < columns.size(); i++) {
                        values.add(row.getObject(i + 2));
                    }
                    rows.add(new FloorRow(row.getLong(1), values));
                }
            }
        }
        return rows;
    }

    /** One row, by the resource it belongs to. */
    record FloorRow(long resourceId, List<@Nullable Object> values) {}

    PreparedStatement insert(Connection connection) throws SQLException {
        String places = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
        return connection.prepareStatement("insert into " + twin() + " (" + columnList() + ") "
                + (identity ? "overriding system value " : "") + "values (" + places + ")");
    }

    static void add(PreparedStatement insert, FloorRow row) throws SQLException {
        for (int i = 0; i < row.values().size(); i++) {
            Object value = row.values().get(i);
            if (value == null) {
                insert.setNull(i + 1, Types.NULL);
            } else {
                insert.setObject(i + 1, value);
            }
        }
        insert.addBatch();
    }

    private String columnList() {
        return columns.stream().map(FloorTable::quoted).collect(Collectors.joining(", "));
    }

    /** A name from the catalogue as an identifier. */
    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}

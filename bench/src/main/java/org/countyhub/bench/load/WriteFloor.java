package org.countyhub.bench.load;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the database alone takes: the rows that the ingest wrote, bodies and index rows, sent again by plain JDBC batches
 * in transactions of the same size, into tables with the same indexes. No HTTP, no FHIR.
 */
final class WriteFloor {
    private static final int CONNECTIONS = 4;
    private static final int MAX_RESOURCES = 16 * 900;
    static final String NO_BODIES = "no table resource with id and body";
    private static final int WARM_UP_SHARE = 6;

    private WriteFloor() {}

    /** The highest surrogate id so far; −1 when the server keeps no table {@code resource} with numeric id and body. */
    static long highestId(Database database) {
        try (Connection connection = database.connect()) {
            Optional<FloorTable> bodies = FloorTable.bodies(FloorTable.find(connection));
            return bodies.isEmpty() ? -1 : bodies.get().highestId(connection);
        } catch (SQLException e) {
            throw new LoadFailure("cannot look into the tables of the server", e);
        }
    }

    /** Surrogate ids that the measured bundles wrote; none when the database keeps its bodies in another way. */
    static List<Long> ids(Connection connection, Dataset dataset, int limit) throws SQLException {
        Optional<FloorTable> bodies = FloorTable.bodies(FloorTable.find(connection));
        return bodies.isEmpty() || dataset.firstRow() < 0
                ? List.of()
                : bodies.get().ids(connection, dataset.firstRow(), dataset.lastRow(), limit);
    }

    /** Measures the floor on the rows of the measured bundles and sets the ingest against it. */
    static void run(Session session, Database database, Dataset dataset) {
        try (Connection connection = database.connect()) {
            List<FloorTable> tables = FloorTable.find(connection);
            List<Long> ids = ids(connection, dataset, MAX_RESOURCES);
            if (ids.isEmpty()) {
                session.add(Row.notOffered(RowNames.WRITE_FLOOR, "resources/s", NO_BODIES));
                return;
            }
            List<Batch> batches = batches(connection, tables, ids.getFirst(), ids.getLast());
            int warmUp = batches.size() / WARM_UP_SHARE;
            try (Statement statement = connection.createStatement()) {
                recreate(statement, tables);
                send(database, tables, batches.subList(0, warmUp));
                report(session, tables, batches.subList(warmUp, batches.size()), database);
                statement.execute("drop schema " + FloorTable.FLOOR_SCHEMA + " cascade");
            }
        } catch (SQLException e) {
            throw new LoadFailure("the write floor failed", e);
        }
    }

    private static void report(Session session, List<FloorTable> tables, List<Batch> batches, Database database)
            throws SQLException {
        long start = System.nanoTime();
        send(database, tables, batches);
        double seconds = (System.nanoTime() - start) / 1e9;
        long resources = batches.stream().mapToLong(Batch::resources).sum();
        long rows = batches.stream().mapToLong(Batch::rows).sum();
        session.add(Row.of(RowNames.WRITE_FLOOR, resources / seconds, "resources/s")
                .noting("%.1f rows per resource in %d tables".formatted((double) rows / resources, tables.size())));
    }

    private static void recreate(Statement statement, List<FloorTable> tables) throws SQLException {
        statement.execute("drop schema if exists " + FloorTable.FLOOR_SCHEMA + " cascade");
        statement.execute("create schema " + FloorTable.FLOOR_SCHEMA);
        for (FloorTable table : tables) {
            statement.execute(table.createTwin());
        }
    }

    /**
     * The rows of one transaction.
     *
     * @param byTable in the order of the tables
     */
    private record Batch(List<List<FloorTable.FloorRow>> byTable, int resources) {
        static Batch empty(int tables) {
            List<List<FloorTable.FloorRow>> byTable = new ArrayList<>();
            for (int i = 0; i < tables; i++) {
                byTable.add(new ArrayList<>());
            }
            return new Batch(byTable, LabOrders.RESOURCES);
        }

        long rows() {
            return byTable.stream().mapToLong(List::size).sum();
        }
    }

    /** The rows of the resources in transactions of sixteen resources each; what is left over at the end is dropped. */
    private static List<Batch> batches(Connection connection, List<FloorTable> tables, long fromId, long toId)
            throws SQLException {
        TreeMap<Long, Integer> numbers = new TreeMap<>();
        List<List<FloorTable.FloorRow>> read = new ArrayList<>();
        connection.setAutoCommit(false);
        for (FloorTable table : tables) {
            List<FloorTable.FloorRow> rows = table.rows(connection, fromId, toId);
            rows.forEach(row -> numbers.putIfAbsent(row.resourceId(), 0));
            read.add(rows);
        }
        connection.setAutoCommit(true);
        int number = 0;
        for (var entry : numbers.entrySet()) {
            entry.setValue(number++ / LabOrders.RESOURCES);
        }
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < numbers.size() / LabOrders.RESOURCES; i++) {
            batches.add(Batch.empty(tables.size()));
        }
        for (int t = 0; t < read.size(); t++) {
            for (FloorTable.FloorRow row : read.get(t)) {
                int batch = numbers.getOrDefault(row.resourceId(), Integer.MAX_VALUE);
                if (batch < batches.size()) {
                    batches.get(batch).byTable().get(t).add(row);
                }
            }
        }
        return batches;
    }

    private static void send(Database database, List<FloorTable> tables, List<Batch> batches) {
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                running.add(threads.submit(() -> {
                    sendSome(database, tables, batches, next);
                    return true;
                }));
            }
            running.forEach(Load::await);
        }
    }

    private static void sendSome(Database database, List<FloorTable> tables, List<Batch> batches, AtomicInteger next)
            throws SQLException {
        // The driver's own merging of batches into statements of many rows: the floor must be a good one.
        String url = database.jdbcUrl() + (database.jdbcUrl().contains("?") ? "&" : "?") + "reWriteBatchedInserts=true";
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(false);
            List<PreparedStatement> inserts = new ArrayList<>();
            for (FloorTable table : tables) {
                inserts.add(table.insert(connection));
            }
            for (int i = next.getAndIncrement(); i < batches.size(); i = next.getAndIncrement()) {
                for (int t = 0; t < inserts.size(); t++) {
                    for (FloorTable.FloorRow row : batches.get(i).byTable().get(t)) {
                        FloorTable.add(inserts.get(t), row);
                    }
                    inserts.get(t).executeBatch();
                }
                connection.commit();
            }
        }
    }
}

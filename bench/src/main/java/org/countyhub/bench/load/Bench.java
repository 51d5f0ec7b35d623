package org.countyhub.bench.load;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Measures a FHIR server the way a county uses it, beside floors taken in the same run, and writes what came out to the
 * terminal and to {@code bench/results}. Ends with status 1 when a run did not count, 2 for wrong arguments.
 */
public final class Bench {
    private static final int IDLE_MILLIS = 3_000;
    private static final double MEGABYTE = 1024 * 1024;

    private final Options options;
    private final Optional<SyntheaBundles> synthea;
    private String databaseVersion = "unknown";

    private Bench(Options options) {
        this.options = options;
        this.synthea = options.wants(Piece.SYNTHEA) ? Optional.of(synthea(options)) : Optional.empty();
    }

    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.WARNING);
        try {
            run(arguments, System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + Options.USAGE);
            System.exit(2);
        } catch (LoadFailure | UncheckedIOException e) {
            System.err.println("this run does not count: " + e.getMessage());
            if (e.getCause() != null) {
                System.err.println("  " + e.getCause());
            }
            System.exit(1);
        }
    }

    static void run(String[] arguments, Map<String, String> environment) {
        new Bench(Options.parse(arguments, environment)).run(String.join(" ", arguments));
    }

    private static SyntheaBundles synthea(Options options) {
        return SyntheaBundles.in(options.synthea().orElseGet(() -> SyntheaGenerator.maven()
                .bundles(options.scaled(Synthea.POPULATION, Synthea.LEAST_POPULATION))));
    }

    private void run(String command) {
        String loadAverage = Machine.loadAverage();
        List<List<Row>> runs = new ArrayList<>();
        for (int i = 1; i <= options.runs(); i++) {
            System.out.println("run " + i + " of " + options.runs());
            runs.add(options.base().isPresent() ? againstRunning(options.base().get()) : againstOwn());
        }
        String commit = Machine.commit();
        Map<String, String> about = new LinkedHashMap<>();
        about.put("commit", commit);
        about.put("hardware", Machine.hardware());
        about.put("load average at the start", loadAverage);
        about.put("JDK", Runtime.version().toString());
        about.put("PostgreSQL", databaseVersion);
        about.put("scale", options.scale() + " (1 is 1,500 measured bundles of 16 resources)");
        about.put("runs", options.runs() + ", medians");
        // Where the JDK lies is the machine's own business.
        about.put("command", "bench " + command.replaceAll("\\S+/bin/java\\b", "java"));
        Report report = Report.medians(about, runs);
        System.out.println("\n" + report.terminal());
        String name = LocalDate.now(ZoneOffset.UTC) + "-" + commit;
        report.write(options.results(), name);
        System.out.println("written to " + options.results().resolve(name + ".md"));
    }

    private List<Row> againstRunning(String base) {
        Session session =
                new Session(FhirBase.of(base), options, options.databaseUrl().map(Database::new), OptionalLong.empty());
        measure(session);
        return session.rows();
    }

    private List<Row> againstOwn() {
        String command = options.serverCommand().orElseThrow();
        TemporaryDirectory directory = TemporaryDirectory.create("hub-bench");
        boolean keep = true;
        try {
            List<Row> rows = onEmptyThenExisting(command, directory.path().resolve("data"));
            keep = options.keep();
            return rows;
        } finally {
            // After a failure the log of the server is what one wants to see.
            if (keep) {
                System.out.println("  kept " + directory.path());
            } else {
                directory.close();
            }
        }
    }

    private List<Row> onEmptyThenExisting(String command, Path data) {
        List<Row> rows = new ArrayList<>();
        try (ServerProcess server = ServerProcess.start(command, data)) {
            Session session =
                    new Session(server.base(), options, server.database(), OptionalLong.of(server.processId()));
            session.add(Row.of(RowNames.START_EMPTY, server.startMillis() / 1e3, "s"));
            idle(session);
            measure(session);
            peak(session);
            rows.addAll(session.rows());
        }
        try (ServerProcess server = ServerProcess.start(command, data)) {
            Row row = Row.of(RowNames.START_EXISTING, server.startMillis() / 1e3, "s");
            System.out.println("  " + Report.line(row));
            rows.add(row);
        }
        return rows;
    }

    private void measure(Session session) {
        session.database().ifPresent(database -> databaseVersion = database.version());
        if (session.wants(Piece.BULK)) {
            // First, and by itself: patients of other pieces would be compared with the county's.
            BulkLoad.run(session);
        }
        if (options.pieces().equals(EnumSet.of(Piece.BULK))) {
            return;
        }
        Dataset dataset = Ingest.run(session);
        if (session.wants(Piece.FLOOR)) {
            session.database().ifPresent(database -> WriteFloor.run(session, database, dataset));
            session.share(RowNames.INGEST_OF_FLOOR, RowNames.INGEST, RowNames.WRITE_FLOOR, dataset.writtenShare());
        }
        if (session.wants(Piece.READ)) {
            Singles.read(session, dataset);
        }
        if (session.wants(Piece.FLOOR)) {
            session.database().ifPresent(database -> ReadFloor.run(session, database, dataset));
            session.share(RowNames.READ_OF_FLOOR, RowNames.READ, RowNames.READ_FLOOR, 1);
        }
        CountySearches own = new CountySearches(session, dataset);
        if (session.wants(Piece.SEARCH)) {
            own.searches();
        }
        if (session.wants(Piece.INCLUDE)) {
            own.includes();
        }
        if (session.wants(Piece.SEARCH)) {
            ClinicVisits visits = ClinicVisits.load(session, dataset);
            session.database().ifPresent(Database::vacuumAnalyze);
            SearchMix.run(session, SearchGroup.all(dataset, visits));
            Paging.run(session);
        }
        if (session.wants(Piece.CRUD)) {
            Singles.createAndUpdate(session, dataset);
            Crud.run(session);
        }
        if (session.wants(Piece.RACES)) {
            Races.run(session);
        }
        // The last: what it leaves would be among what the searches find.
        synthea.ifPresent(bundles -> Synthea.run(session, bundles));
    }

    private static void idle(Session session) {
        ServerProcess.sleep(IDLE_MILLIS);
        session.serverId()
                .ifPresent(
                        id -> session.add(Row.of(RowNames.IDLE_MEMORY, Processes.residentBytes(id) / MEGABYTE, "MB")));
    }

    private static void peak(Session session) {
        session.serverId()
                .ifPresent(id ->
                        session.add(Row.of(RowNames.PEAK_MEMORY, Processes.peakResidentBytes(id) / MEGABYTE, "MB")));
        session.postmasterId()
                .ifPresent(id -> session.add(
                        Row.of(RowNames.DATABASE_MEMORY, Processes.proportionalBytes(id) / MEGABYTE, "MB")));
    }
}

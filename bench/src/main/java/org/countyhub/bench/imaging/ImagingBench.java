package org.countyhub.bench.imaging;

import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.countyhub.bench.load.LoadFailure;
import org.countyhub.bench.load.Machine;
import org.countyhub.bench.load.Processes;
import org.countyhub.bench.load.Report;
import org.countyhub.bench.load.Row;
import org.countyhub.bench.load.ServerProcess;
import org.countyhub.bench.load.TemporaryDirectory;

/**
 * Measures an imaging bridge the way hospitals use it, beside floors taken in the same run, and writes what came out to the terminal
 * and to {@code bench/results}. Ends with status 1 when a run did not count, 2 for wrong arguments.
 */
public final class ImagingBench {
    private static final int IDLE_MILLIS = 3_000;

    private final Options options;
    private String databaseVersion = "unknown";

    private ImagingBench(Options options) {
        this.options = options;
    }

    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.WARNING);
        try {
            run(arguments);
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

    static void run(String... arguments) {
        new ImagingBench(Options.parse(arguments)).run(String.join(" ", arguments));
    }

    private void run(String command) {
        StoreRun.requireSender();
        if (options.wants(Piece.PAGES)) {
            PageRun.requireBrowser();
        }
        String loadAverage = Machine.loadAverage();
        List<List<Row>> runs = new ArrayList<>();
        for (int i = 1; i <= options.runs(); i++) {
            System.out.println("run " + i + " of " + options.runs());
            runs.add(once());
        }
        String commit = Machine.commit();
        Map<String, String> about = new LinkedHashMap<>();
        about.put("commit", commit);
        about.put("hardware", Machine.hardware());
        about.put("load average at the start", loadAverage);
        about.put("JDK", Runtime.version().toString());
        about.put("PostgreSQL", databaseVersion);
        about.put("scale", options.scale() + " (1 is 8 × 125 CT slices in each way of sending)");
        about.put("runs", options.runs() + ", medians");
        // Where things lie is the machine's own business.
        about.put(
                "command",
                "bench imaging "
                        + command.replaceAll("\\S+/bin/java\\b", "java")
                                .replaceAll("(--work|--results) /\\S+", "$1 …"));
        Report report = Report.medians(about, runs, Targets.BY_ROW);
        System.out.println("\n" + report.terminal());
        String name = LocalDate.now(ZoneOffset.UTC) + "-" + commit + "-imaging";
        report.write(options.results(), name);
        System.out.println("written to " + options.results().resolve(name + ".md"));
    }

    private List<Row> once() {
        TemporaryDirectory directory = TemporaryDirectory.create(options.work(), "hub-imaging-bench");
        boolean keep = true;
        try {
            Session session = new Session(options, directory.path());
            try {
                measure(session);
            } finally {
                session.stop();
            }
            session.add(Row.of(RowNames.PEAK_MEMORY, session.peakBytes() / Session.MEGABYTE, "MB"));
            keep = options.keep();
            return session.rows();
        } finally {
            // After a failure the log of the server is what one wants to see.
            if (keep) {
                System.out.println("  kept " + directory.path());
            } else {
                directory.close();
            }
        }
    }

    private void measure(Session session) {
        databaseVersion = session.bridge().database().version();
        session.add(Row.of(RowNames.START_EMPTY, session.bridge().startMillis() / 1e3, "s"));
        ServerProcess.sleep(IDLE_MILLIS);
        session.add(Row.of(
                RowNames.IDLE_MEMORY, Processes.residentBytes(session.bridge().processId()) / Session.MEGABYTE, "MB"));
        if (session.wants(Piece.STORE)) {
            StoreRun.ct(session);
        }
        if (session.wants(Piece.KINDS)) {
            StoreRun.kinds(session);
        }
        if (session.wants(Piece.STOW)) {
            StowRun.run(session);
        }
        if (session.wants(Piece.FRAMES)) {
            FrameRun.run(session);
        }
        if (session.wants(Piece.METADATA)) {
            metadata(session);
        }
        ReadBack.run(session);
        if (session.wants(Piece.QUERY)) {
            QueryRun.run(session);
        }
        if (session.wants(Piece.PAGES)) {
            PageRun.run(session);
        }
        if (session.wants(Piece.LARGE)) {
            LargeRun.run(session);
        }
    }

    private static void metadata(Session session) {
        Corpus series = session.stored("mr", () -> StoreRun.mrStudies(session));
        Corpus others = session.stored("ct-8", () -> StoreRun.ctStudies(session, "ct-8"));
        boolean dropped = MetadataRun.dropCaches(session.work());
        session.restart();
        session.add(Row.of(RowNames.START_EXISTING, session.bridge().startMillis() / 1e3, "s"));
        MetadataRun.cold(session, dropped, series, others);
        MetadataRun.warm(session, series);
    }
}

package org.countyhub.bench.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** One run against one server: what the pieces share, and the rows they add. */
final class Session {
    /** No single measurement takes longer; a slow server is measured on fewer requests. */
    private static final int MAX_SECONDS = 30;

    private final FhirBase base;
    private final Options options;
    private final Optional<Database> database;
    private final OptionalLong serverId;
    private final OptionalLong postmasterId;
    private final List<Row> rows = new ArrayList<>();

    Session(FhirBase base, Options options, Optional<Database> database, OptionalLong serverId) {
        this.base = base;
        this.options = options;
        this.database = database;
        this.serverId = serverId;
        // Without a server of our own the database may be on another machine, where its process id means nothing here.
        this.postmasterId = serverId.isPresent() && database.isPresent()
                ? OptionalLong.of(database.get().postmasterId())
                : OptionalLong.empty();
    }

    FhirBase base() {
        return base;
    }

    Optional<Database> database() {
        return database;
    }

    OptionalLong serverId() {
        return serverId;
    }

    OptionalLong postmasterId() {
        return postmasterId;
    }

    boolean wants(Piece piece) {
        return options.wants(piece);
    }

    /** A count at scale 1, brought to the scale of this run, but not below a minimum that still measures something. */
    int scaled(int atScaleOne, int atLeast) {
        return options.scaled(atScaleOne, atLeast);
    }

    /** How many records a bulk load is to have. */
    int bulkRecords(int atScaleOne) {
        return options.records().orElseGet(() -> scaled(atScaleOne, 100));
    }

    Load.Volume volume(int atScaleOne, int atLeast) {
        return new Load.Volume(scaled(atScaleOne, atLeast), MAX_SECONDS);
    }

    /** A run with the CPU time that server and database spent on each of its requests. */
    record Costed(Measurement measurement, Optional<Row.Cost> cost) {}

    Costed costed(Supplier<Measurement> run) {
        CpuMeter meter = CpuMeter.start(serverId, postmasterId);
        Measurement measurement = run.get();
        return new Costed(measurement, meter.cost(measurement.sent()));
    }

    /** A warm-up that is thrown away, then a run whose time and CPU time count. */
    Costed warmed(FhirBase target, int connections, int warmUp, Load.Volume measured, Load.Scenario scenario) {
        Load.send(target, connections, new Load.Volume(warmUp, measured.maxSeconds()), scenario);
        return costed(() -> Load.send(target, connections, measured, scenario));
    }

    /** Adds a rate in requests per second. */
    void rate(String name, int connections, Costed run) {
        Measurement measurement = run.measurement();
        add(Row.of(name, measurement.perSecond(), "/s")
                .with(measurement.percentiles())
                .with(run.cost())
                .noting(keptAlive(connections, measurement)));
    }

    /** A word about a server that closes kept connections, which costs both sides a handshake each time. */
    static String keptAlive(int connections, Measurement measurement) {
        return measurement.connects() > connections
                ? "the server closed kept connections: " + measurement.connects() + " were opened"
                : "";
    }

    /** Adds one row's figure as a share of another's, in percent; nothing when either is missing. */
    void share(String name, String row, String floor, double factor) {
        OptionalDouble figure = figure(row);
        OptionalDouble whole = figure(floor);
        if (figure.isPresent() && whole.isPresent()) {
            add(Row.of(name, 100 * factor * figure.getAsDouble() / whole.getAsDouble(), "%"));
        }
    }

    private OptionalDouble figure(String name) {
        return rows.stream()
                .filter(row -> row.name().equals(name))
                .map(Row::value)
                .findFirst()
                .orElse(OptionalDouble.empty());
    }

    void add(Row row) {
        rows.add(row);
        System.out.println("  " + Report.line(row));
    }

    List<Row> rows() {
        return Collections.unmodifiableList(rows);
    }
}

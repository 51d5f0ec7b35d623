package org.countyhub.bench.imaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.countyhub.bench.load.CpuMeter;
import org.countyhub.bench.load.Load;
import org.countyhub.bench.load.Measurement;
import org.countyhub.bench.load.Percentiles;
import org.countyhub.bench.load.Processes;
import org.countyhub.bench.load.Report;
import org.countyhub.bench.load.Row;
import org.countyhub.bench.load.ServerProcess;

/** One run against one bridge: what the pieces share, and the rows they add. */
final class Session {
    static final double MEGABYTE = 1024 * 1024;
    /** Connections that read, and that post. */
    static final int CONNECTIONS = 4;

    private static final int MAX_SECONDS = 30;

    private final Options options;
    private final Path work;
    private final List<Row> rows = new ArrayList<>();
    private final SequencedMap<String, Corpus> stored = new java.util.LinkedHashMap<>();
    private Bridge bridge;
    private long peakBytes;

    Session(Options options, Path work) {
        this.options = options;
        this.work = work;
        this.bridge = Bridge.start(options.serverCommand(), data(), Bridge.NO_FHIR);
    }

    private Path data() {
        return work.resolve("data");
    }

    Bridge bridge() {
        return bridge;
    }

    Path work() {
        return work;
    }

    boolean wants(Piece piece) {
        return options.wants(piece);
    }

    int scaled(int atScaleOne, int atLeast) {
        return options.scaled(atScaleOne, atLeast);
    }

    Load.Volume volume(int atScaleOne, int atLeast) {
        return new Load.Volume(scaled(atScaleOne, atLeast), MAX_SECONDS);
    }

    /** Stops the bridge and its database and starts them on what they have. */
    void restart() {
        restart(Bridge.NO_FHIR);
    }

    /** The same, with a FHIR server at that address. */
    void restart(String fhir) {
        stop();
        bridge = Bridge.start(options.serverCommand(), data(), fhir);
    }

    /** Starts a FHIR server of one's own. */
    ServerProcess startFhir() {
        Path directory = work.resolve("fhir");
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ServerProcess.start(options.fhirCommand(), directory.resolve("data"));
    }

    /** Stops the bridge. */
    void stop() {
        notePeak();
        bridge.close();
    }

    /** Remembers the most memory that the bridge took, before it ends or the kernel is told to forget it. */
    void notePeak() {
        peakBytes = Math.max(peakBytes, Processes.peakResidentBytes(bridge.processId()));
    }

    long peakBytes() {
        return peakBytes;
    }

    /** Makes studies to be sent. */
    Corpus corpus(Studies studies) {
        return Corpus.write(studies, work.resolve("sent"));
    }

    /** Instances that the bridge has acknowledged, each of which must come back as it was. */
    void acknowledged(Corpus corpus) {
        stored.put(corpus.name(), corpus);
    }

    java.util.Collection<Corpus> stored() {
        return Collections.unmodifiableCollection(stored.values());
    }

    /** The studies of that name if the bridge has them already; else they are made and sent, unmeasured. */
    Corpus stored(String name, Supplier<Studies> studies) {
        Corpus there = stored.get(name);
        if (there != null) {
            return there;
        }
        Corpus corpus = corpus(studies.get());
        StoreRun.send(this, corpus, 4);
        acknowledged(corpus);
        return corpus;
    }

    /** A warm-up that is thrown away, then requests whose time and CPU time count, as a row in requests per second. */
    Measurement rate(String name, int warmUp, Load.Volume volume, Load.Scenario scenario, String note) {
        Load.send(bridge.web().base(), CONNECTIONS, new Load.Volume(warmUp, MAX_SECONDS), scenario);
        CpuMeter meter = bridge.meter();
        Measurement measurement = Load.send(bridge.web().base(), CONNECTIONS, volume, scenario);
        add(Row.of(name, measurement.perSecond(), "/s")
                .with(measurement.percentiles())
                .with(meter.cost(measurement.sent()))
                .noting(note));
        return measurement;
    }

    /** The median of a measurement as a row of its own, with a target of its own. */
    void p50(String name, Percentiles percentiles) {
        add(Row.of(name, percentiles.p50(), "ms"));
    }

    /** Adds one row's figure as a share of another's, in percent; nothing when either is missing. */
    void share(String name, String row, String floor) {
        OptionalDouble figure = figure(row);
        OptionalDouble whole = figure(floor);
        if (figure.isPresent() && whole.isPresent()) {
            add(Row.of(name, 100 * figure.getAsDouble() / whole.getAsDouble(), "%"));
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

package org.countyhub.bench.load;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a run was asked to do.
 *
 * @param scale 1 is 1,500 measured bundles; everything else grows and shrinks with it
 * @param pieces what to measure; the data of the ingest is loaded in any case
 * @param base a running server; empty to start one of its own
 * @param serverCommand starts a server; must be there when base is not
 * @param databaseUrl JDBC address of the database; empty to read it from the data directory of the started server
 * @param synthea a directory of bundles that Synthea made; empty to have them made here
 * @param runs how many times, each on an empty database when the server is started here
 * @param records how many records are loaded by the piece bulk; empty to go by the scale
 * @param keep leaves the data directory behind
 * @param results where the report goes
 */
record Options(
        double scale,
        Set<Piece> pieces,
        Optional<String> base,
        Optional<String> serverCommand,
        Optional<String> databaseUrl,
        Optional<Path> synthea,
        int runs,
        OptionalInt records,
        boolean keep,
        Path results) {

    static final String USAGE = """
            usage: bench (--server-command "java -jar fhir-server.jar" | --base http://127.0.0.1:8080/fhir)
              --scale 0.1                how much data and how many requests (default 1)
              --workload 1,2,3,5         only these workloads
              --only %s
                                         only these pieces
              --records 1500000          how many records the piece bulk loads (default 200,000 × scale)
              --runs 3                   how often; the report holds medians
              --database jdbc:postgresql://127.0.0.1:5432/hub?user=hub
                                         the database of --base, for VACUUM, sizes and floors (or HUB_DB_URL)
              --synthea output/fhir      bundles that Synthea made before, instead of those made here
              --keep                     leave the data directory behind
              --results bench/results    where the report goes
            """.formatted(Piece.names());

    private static final double MAX_SCALE = 100;
    private static final int MAX_RUNS = 20;
    private static final int MAX_RECORDS = 5_000_000;

    /** Reads the arguments; what is wrong with them is an IllegalArgumentException. */
    static Options parse(String[] arguments, Map<String, String> environment) {
        double scale = 1;
        Set<Piece> pieces = EnumSet.complementOf(EnumSet.of(Piece.BULK));
        Optional<String> base = Optional.empty();
        Optional<String> command = Optional.ofNullable(System.getProperty("server-command"));
        Optional<String> database = Optional.ofNullable(environment.get("HUB_DB_URL"));
        Optional<Path> synthea = Optional.empty();
        int runs = 3;
        OptionalInt records = OptionalInt.empty();
        boolean keep = false;
        Path results = Path.of("bench", "results");
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--scale" -> scale = Double.parseDouble(value(arguments, ++i));
                case "--workload" -> pieces = Piece.ofWorkloads(value(arguments, ++i));
                case "--only" -> pieces = Piece.named(value(arguments, ++i));
                case "--base" -> base = Optional.of(value(arguments, ++i));
                case "--server-command" -> command = Optional.of(value(arguments, ++i));
                case "--database" -> database = Optional.of(value(arguments, ++i));
                case "--synthea" -> synthea = Optional.of(Path.of(value(arguments, ++i)));
                case "--runs" -> runs = Integer.parseInt(value(arguments, ++i));
                case "--records" -> records = OptionalInt.of(Integer.parseInt(value(arguments, ++i)));
                case "--keep" -> keep = true;
                case "--results" -> results = Path.of(value(arguments, ++i));
                default -> throw new IllegalArgumentException("unknown argument " + arguments[i]);
            }
        }
        if (!(scale > 0 && scale <= MAX_SCALE)) {
            throw new IllegalArgumentException("--scale must be above 0 and at most " + MAX_SCALE);
        }
        if (runs < 1 || runs > MAX_RUNS) {
            throw new IllegalArgumentException("--runs must be from 1 to " + MAX_RUNS);
        }
        if (records.isPresent() && !(records.getAsInt() >= 1 && records.getAsInt() <= MAX_RECORDS)) {
            throw new IllegalArgumentException("--records must be from 1 to " + MAX_RECORDS);
        }
        if (base.isEmpty() && command.isEmpty()) {
            throw new IllegalArgumentException("either --base or --server-command must be there");
        }
        return new Options(scale, pieces, base, command, database, synthea, runs, records, keep, results);
    }

    private static String value(String[] arguments, int i) {
        if (i >= arguments.length) {
            throw new IllegalArgumentException(arguments[i - 1] + " needs a value");
        }
        return arguments[i];
    }

    /** A count at scale 1, brought to the scale of this run, but not below a minimum that still measures something. */
    int scaled(int atScaleOne, int atLeast) {
        return (int) Math.max(atLeast, Math.round(atScaleOne * scale));
    }

    boolean wants(Piece piece) {
        return pieces.contains(piece);
    }
}

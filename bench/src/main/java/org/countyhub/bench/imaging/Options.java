package org.countyhub.bench.imaging;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a run was asked to do.
 *
 * @param scale 1 is 8 × 125 CT slices in each way of sending; everything else grows and shrinks with it
 * @param serverCommand starts a bridge
 * @param fhirCommand starts a FHIR server
 * @param runs how many times, each on an empty database
 * @param keep leaves the data directory behind
 * @param work where images are made and kept meanwhile: about 8 GB at scale 1, on a disk
 * @param results where the report goes
 */
record Options(
        double scale,
        Set<Piece> pieces,
        String serverCommand,
        String fhirCommand,
        int runs,
        boolean keep,
        Path work,
        Path results) {
    static final String USAGE = """
            usage: bench imaging
              --scale 0.1                how many images and how many requests (default 1)
              --only %s
                                         only these pieces
              --runs 3                   how often; the report holds medians
              --keep                     leave the data directory behind
              --work bench/target        where images are made and kept meanwhile; must be on a disk
              --results bench/results    where the report goes
            """.formatted(Piece.names());

    private static final double MAX_SCALE = 10;
    private static final int MAX_RUNS = 20;

    /** Reads the arguments; what is wrong with them is an IllegalArgumentException. */
    static Options parse(String... arguments) {
        double scale = 1;
        Set<Piece> pieces = EnumSet.allOf(Piece.class);
        Optional<String> command = Optional.empty();
        Optional<String> fhir = Optional.empty();
        int runs = 3;
        boolean keep = false;
        Path work = Path.of("bench", "target");
        Path results = Path.of("bench", "results");
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--scale" -> scale = Double.parseDouble(value(arguments, ++i));
                case "--only" -> pieces = Piece.named(value(arguments, ++i));
                case "--server-command" -> command = Optional.of(value(arguments, ++i));
                case "--fhir-command" -> fhir = Optional.of(value(arguments, ++i));
                case "--runs" -> runs = Integer.parseInt(value(arguments, ++i));
                case "--keep" -> keep = true;
                case "--work" -> work = Path.of(value(arguments, ++i));
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
        return new Options(
                scale,
                pieces,
                command.orElseThrow(() -> new IllegalArgumentException("--server-command must be there")),
                fhir.orElseThrow(() -> new IllegalArgumentException("--fhir-command must be there")),
                runs,
                keep,
                work.toAbsolutePath().normalize(),
                results);
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

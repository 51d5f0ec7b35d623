package org.countyhub.bench.load;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A part of a run that can be asked for by itself. */
enum Piece {
    INGEST(1),
    FLOOR(1),
    READ(2),
    CRUD(2),
    SEARCH(3),
    INCLUDE(3),
    RACES(5),
    SYNTHEA(1),

    /** The initial load of a county; only when it is asked for. */
    BULK(6);

    private final int workload;

    Piece(int workload) {
        this.workload = workload;
    }

    /** The pieces of a list of names such as {@code ingest,read}. */
    static Set<Piece> named(String names) {
        EnumSet<Piece> pieces = EnumSet.noneOf(Piece.class);
        for (String name : names.split(",", -1)) {
            try {
                pieces.add(valueOf(name.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("no piece '" + name + "'; there are " + names(), e);
            }
        }
        return pieces;
    }

    /** The pieces of a list of workload numbers such as {@code 1,3}. */
    static Set<Piece> ofWorkloads(String numbers) {
        EnumSet<Piece> pieces = EnumSet.noneOf(Piece.class);
        for (String number : numbers.split(",", -1)) {
            Set<Piece> of = Arrays.stream(values())
                    .filter(piece -> Integer.toString(piece.workload).equals(number.strip()))
                    .collect(Collectors.toSet());
            if (of.isEmpty()) {
                throw new IllegalArgumentException("no workload '" + number + "'; there are 1, 2, 3, 5 and 6");
            }
            pieces.addAll(of);
        }
        return pieces;
    }

    static String names() {
        return Arrays.stream(values())
                .map(piece -> piece.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}

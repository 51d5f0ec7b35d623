package org.countyhub.bench.imaging;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A part of a run that can be measured by itself. */
enum Piece {
    /** CT by 1, 4 and 8 associations, and the write floors. */
    STORE,
    /** MR, ultrasound loops and computed radiography by associations. */
    KINDS,
    STOW,
    FRAMES,
    QUERY,
    /** One image of 4 GB. */
    LARGE,
    METADATA,
    /** What readers wait for in a browser; needs chromium. */
    PAGES;

    static String names() {
        return Arrays.stream(values()).map(Piece::word).collect(Collectors.joining(","));
    }

    static Set<Piece> named(String words) {
        Set<Piece> pieces = EnumSet.noneOf(Piece.class);
        for (String word : words.split(",", -1)) {
            pieces.add(Arrays.stream(values())
                    .filter(piece -> piece.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no piece '" + word + "'; there are " + names())));
        }
        return pieces;
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

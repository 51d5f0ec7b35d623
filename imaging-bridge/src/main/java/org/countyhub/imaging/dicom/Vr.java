package org.countyhub.imaging.dicom;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Value representations (PS3.5 section 6.2, table 6.2-1). */
public enum Vr {
    AE(Kind.TEXT, 1, ' '),
    AS(Kind.TEXT, 1, ' '),
    AT(Kind.BINARY, 2, 0),
    CS(Kind.TEXT, 1, ' '),
    DA(Kind.TEXT, 1, ' '),
    DS(Kind.TEXT, 1, ' '),
    DT(Kind.TEXT, 1, ' '),
    FD(Kind.BINARY, 8, 0),
    FL(Kind.BINARY, 4, 0),
    IS(Kind.TEXT, 1, ' '),
    LO(Kind.NAMED, 1, ' '),
    LT(Kind.PROSE, 1, ' '),
    OB(Kind.BINARY, 1, 0),
    OD(Kind.BINARY, 8, 0),
    OF(Kind.BINARY, 4, 0),
    OL(Kind.BINARY, 4, 0),
    OV(Kind.BINARY, 8, 0),
    OW(Kind.BINARY, 2, 0),
    PN(Kind.NAMED, 1, ' '),
    SH(Kind.NAMED, 1, ' '),
    SL(Kind.BINARY, 4, 0),
    SQ(Kind.ITEMS, 1, 0),
    SS(Kind.BINARY, 2, 0),
    ST(Kind.PROSE, 1, ' '),
    SV(Kind.BINARY, 8, 0),
    TM(Kind.TEXT, 1, ' '),
    UC(Kind.NAMED, 1, ' '),
    UI(Kind.TEXT, 1, 0),
    UL(Kind.BINARY, 4, 0),
    UN(Kind.BINARY, 1, 0),
    UR(Kind.TEXT, 1, ' '),
    US(Kind.BINARY, 2, 0),
    UT(Kind.PROSE, 1, ' '),
    UV(Kind.BINARY, 8, 0);

    private enum Kind {
        /** Characters of the default repertoire, several values apart by backslashes (but UR, which is one). */
        TEXT,
        /** Characters of the specific character set, several values apart by backslashes. */
        NAMED,
        /** Characters of the specific character set, one value in which a backslash is a character. */
        PROSE,
        BINARY,
        ITEMS
    }

    private static final @Nullable Vr[] BY_CODE = new Vr[26 * 26];

    static {
        for (Vr vr : values()) {
            BY_CODE[(vr.name().charAt(0) - 'A') * 26 + vr.name().charAt(1) - 'A'] = vr;
        }
    }

    private final Kind kind;
    private final int width;
    private final byte padding;

    Vr(Kind kind, int width, int padding) {
        this.kind = kind;
        this.width = width;
        this.padding = (byte) padding;
    }

    /** The representation of that two-letter code; empty where there is none. */
    public static Optional<Vr> of(String code) {
        try {
            return Optional.of(valueOf(code));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The representation of those two characters; null where there is none. */
    static @Nullable Vr of(int first, int second) {
        int index = (first - 'A') * 26 + second - 'A';
        return first < 'A' || first > 'Z' || second < 'A' || second > 'Z' ? null : BY_CODE[index];
    }

    /** Whether an explicit element has two reserved bytes and a length of 32 bits (PS3.5 section 7.1.2). */
    public boolean isLong() {
        return switch (this) {
            case OB, OD, OF, OL, OV, OW, SQ, SV, UC, UN, UR, UT, UV -> true;
            case AE, AS, AT, CS, DA, DS, DT, FD, FL, IS, LO, LT, PN, SH, SL, SS, ST, TM, UI, UL, US -> false;
        };
    }

    public boolean isText() {
        return kind == Kind.TEXT || kind == Kind.NAMED || kind == Kind.PROSE;
    }

    /** Whether SpecificCharacterSet says how its bytes are read (PS3.5 section 6.1.2.3). */
    public boolean usesCharacterSet() {
        return kind == Kind.NAMED || kind == Kind.PROSE;
    }

    /** Whether a backslash separates values. */
    public boolean isSeparated() {
        return (kind == Kind.TEXT && this != UR) || kind == Kind.NAMED;
    }

    /** How many bytes are swapped together between byte orders; 1 where nothing is. */
    public int width() {
        return width;
    }

    /** The byte that makes a value's length even. */
    public byte padding() {
        return padding;
    }
}

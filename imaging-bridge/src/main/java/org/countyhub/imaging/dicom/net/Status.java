package org.countyhub.imaging.dicom.net;

import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How a DIMSE operation ended (PS3.7 annex C, PS3.4 for each service).
 *
 * @param code (0000,0900)
 * @param comment ErrorComment (0000,0902), at most 64 characters; null for none
 */
public record Status(int code, @Nullable String comment) {
    public static final Status SUCCESS = new Status(0, null);
    public static final Status CANCELLED = new Status(0xFE00, null);
    static final int PENDING = 0xFF00;
    static final int PENDING_PARTLY = 0xFF01;

    private static final int MAX_COMMENT = 64;

    public Status {
        comment = comment == null ? null : plain(comment);
    }

    /** What a message is about, for the same trouble has different numbers. */
    enum Kind {
        STORE,
        QUERY,
        NORMALIZED
    }

    public static Status of(int code, String comment) {
        return new Status(code, comment);
    }

    public static Status outOfResources(String comment) {
        return new Status(0xA700, comment);
    }

    public static Status notAuthorized(String comment) {
        return new Status(0x0124, comment);
    }

    public static Status processingFailure() {
        return new Status(0x0110, "the hub failed; its log says more");
    }

    /** Success, or with something to say about it. */
    public boolean isDone() {
        return code == 0 || isWarning();
    }

    public boolean isWarning() {
        return (code & 0xF000) == 0xB000;
    }

    /** The only place where a problem gets its number. */
    static Status of(Problem problem, Kind kind) {
        int code =
                switch (problem) {
                    case Problem.Malformed ignored -> by(kind, 0xC000, 0xC000, 0x0115);
                    case Problem.BadSearch ignored -> by(kind, 0xA900, 0xA900, 0x0115);
                    case Problem.Unprocessable ignored -> by(kind, 0xA900, 0xA900, 0x0106);
                    case Problem.NotFound ignored -> by(kind, 0xC000, 0xC000, 0x0112);
                    case Problem.Gone ignored -> by(kind, 0xC000, 0xC000, 0x0112);
                    case Problem.StaleVersion ignored -> by(kind, 0xC000, 0xC000, 0x0110);
                    case Problem.MultipleMatches ignored -> by(kind, 0xC000, 0xC000, 0x0110);
                    case Problem.Conflict ignored -> by(kind, 0xC000, 0xC000, 0x0110);
                    case Problem.Forbidden ignored -> 0x0124;
                    case Problem.NotSupported ignored -> by(kind, 0x0122, 0xA900, 0x0211);
                    case Problem.UnsupportedMedia ignored -> by(kind, 0x0122, 0xA900, 0x0115);
                    case Problem.NotAcceptable ignored -> by(kind, 0x0122, 0xA900, 0x0115);
                    case Problem.TooLarge ignored -> by(kind, 0xA700, 0xA700, 0x0213);
                    case Problem.TooCostly ignored -> by(kind, 0xA700, 0xA700, 0x0213);
                    case Problem.Busy ignored -> by(kind, 0xA700, 0xA700, 0x0213);
                };
        Fault fault = problem.faults().getFirst();
        return new Status(
                code,
                fault.expression() == null ? fault.diagnostics() : fault.expression() + " " + fault.diagnostics());
    }

    private static int by(Kind kind, int store, int query, int normalized) {
        return switch (kind) {
            case STORE -> store;
            case QUERY -> query;
            case NORMALIZED -> normalized;
        };
    }

    /** As an LO of the default repertoire. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        text.chars().limit(MAX_COMMENT).forEach(c -> plain.append(c < ' ' || c > '~' || c == '\\' ? '?' : (char) c));
        return plain.toString();
    }
}

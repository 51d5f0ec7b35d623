package org.countyhub.bench.bulk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A file of lines in pieces that are sent one by one, so that one can be sent again and the way so far is known. */
public final class Pieces {
    private static final int MOST_LINES = 20_000;
    private static final int MOST_BYTES = 32 * 1024 * 1024;

    private final InputStream in;
    private final int mostLines;
    private final byte[] buffer = new byte[256 * 1024];
    private int at;
    private int end;
    private int line = 1;

    /** Of the usual size: twenty thousand lines or 32 MB. */
    public Pieces(InputStream in) {
        this(in, MOST_LINES);
    }

    Pieces(InputStream in, int mostLines) {
        this.in = in;
        this.mostLines = mostLines;
    }

    /** @param firstLine the number of the first line in the file, from 1 */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Piece(int firstLine, int lines, byte[] bytes) {}

    /** The next piece; null at the end of the file. */
    public @Nullable Piece next() throws IOException {
        ByteArrayOutputStream piece = new ByteArrayOutputStream(MOST_BYTES / 8);
        int first = line;
        int lines = 0;
        boolean inside = false;
        while (lines < mostLines && (inside || piece.size() < MOST_BYTES) && fill()) {
            int stop = at;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            inside = stop == end;
            int next = inside ? end : stop + 1;
            piece.write(buffer, at, next - at);
            at = next;
            lines += inside ? 0 : 1;
        }
        // The last line of a file may lack its end.
        lines += inside ? 1 : 0;
        line += lines;
        return lines == 0 ? null : new Piece(first, lines, piece.toByteArray());
    }

    private boolean fill() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(buffer));
        }
        return at < end;
    }
}

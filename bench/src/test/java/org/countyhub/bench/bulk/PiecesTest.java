package org.countyhub.bench.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.bench.bulk.Pieces.Piece;
import org.junit.jupiter.api.Test;

class PiecesTest {
    private static List<String> pieces(String file, int lines) throws IOException {
        Pieces pieces = new Pieces(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), lines);
        List<String> all = new ArrayList<>();
        for (Piece piece = pieces.next(); piece != null; piece = pieces.next()) {
            all.add(piece.firstLine() + "+" + piece.lines() + " " + new String(piece.bytes(), StandardCharsets.UTF_8));
        }
        return all;
    }

    @Test
    void linesStayWholeAndKeepTheirNumbers() throws IOException {
        assertThat(pieces("a\nbb\nccc\nd\ne", 2)).containsExactly("1+2 a\nbb\n", "3+2 ccc\nd\n", "5+1 e");
        assertThat(pieces("a\nb\n", 2)).containsExactly("1+2 a\nb\n");
        assertThat(pieces("", 2)).isEmpty();
    }

    @Test
    void aLineMayBeLongerThanWhatIsReadAtOnce() throws IOException {
        String line = "x".repeat(1_000_000);
        assertThat(pieces(line + "\n" + line, 1)).containsExactly("1+1 " + line + "\n", "2+1 " + line);
    }
}

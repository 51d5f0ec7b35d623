package org.countyhub.bench.dicom;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class MultipartTest {
    private static List<String> parts(String body) {
        byte[] bytes = body.getBytes(ISO_8859_1);
        return Multipart.parts(bytes, bytes.length).stream()
                .map(part -> body.substring(part.from(), part.to()))
                .toList();
    }

    @Test
    void findsPartsByTheirBoundary() {
        assertThat(parts("--x\r\nContent-Type: a/b\r\n\r\none\r\n--x\r\nA: b\r\n\r\n\r\n--x--\r\n"))
                .containsExactly("one", "");
    }

    @Test
    void takesTheLengthOfAPartAtItsWord() {
        assertThat(parts("\r\n--x\r\nContent-Length: 9\r\n\r\na\r\n--x\r\nb\r\n--x--"))
                .containsExactly("a\r\n--x\r\nb");
    }

    @Test
    void readsWhatItWrites() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            body.writeBytes(Multipart.PART);
            body.writeBytes(("instance " + i).getBytes(ISO_8859_1));
        }
        body.writeBytes(Multipart.END);

        assertThat(parts(body.toString(ISO_8859_1))).containsExactly("instance 0", "instance 1", "instance 2");
    }

    @Test
    void refusesABodyThatIsCutOffOrNone() {
        for (String body : List.of("", "{}", "--x", "--x\r\nA: b\r\n\r\none", "--x\r\nA: b\r\n\r\none\r\n--x\r\n")) {
            assertThatThrownBy(() -> parts(body)).as(body).isInstanceOf(IllegalArgumentException.class);
        }
    }
}

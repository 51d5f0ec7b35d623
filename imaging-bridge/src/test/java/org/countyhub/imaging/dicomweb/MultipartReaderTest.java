package org.countyhub.imaging.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MultipartReaderTest {
    private static final String BOUNDARY = "b1";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<byte[]> contents(InputStream in) throws IOException {
        MultipartReader reader = new MultipartReader(in, BOUNDARY);
        List<byte[]> contents = new ArrayList<>();
        for (MultipartReader.Part part = reader.next(); part != null; part = reader.next()) {
            contents.add(part.content().readAllBytes());
        }
        return contents;
    }

    private static List<String> texts(String body) throws IOException {
        return contents(new ByteArrayInputStream(bytes(body))).stream()
                .map(content -> new String(content, StandardCharsets.ISO_8859_1))
                .toList();
    }

    /** A stream that gives as few or as many bytes at once as it likes. */
    private static InputStream dribbling(byte[] body, Random random, int most) {
        return new ByteArrayInputStream(body) {
            @Override
            public synchronized int read(byte[] bytes, int from, int length) {
                return super.read(bytes, from, Math.min(length, 1 + random.nextInt(most)));
            }
        };
    }

    @Test
    void partsComeOutAsTheyWentInWhereverTheirBoundariesFall() throws IOException {
        Random random = new Random(18);
        byte[] traps = bytes("\r\n--b1x\r\n-\r\r\n--b\r\n\r--b1\n");
        for (int round = 0; round < 200; round++) {
            List<byte[]> sent = new ArrayList<>();
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int i = random.nextInt(4) + 1; i > 0; i--) {
                byte[] content = new byte[random.nextInt(4) == 0 ? 65_400 + random.nextInt(400) : random.nextInt(300)];
                for (int k = 0; k < content.length; k++) {
                    content[k] = traps[random.nextInt(traps.length)];
                }
                // Random bytes could by chance be a delimiter with its end of line; then they would be one.
                if (new String(content, StandardCharsets.ISO_8859_1).contains("--b1")) {
                    content = new String(content, StandardCharsets.ISO_8859_1)
                            .replace("--b1", "--b2")
                            .getBytes(StandardCharsets.ISO_8859_1);
                }
                sent.add(content);
                body.write(bytes("\r\n--b1\r\nContent-Type: application/dicom\r\n\r\n"));
                body.write(content);
            }
            body.write(bytes("\r\n--b1--\r\n"));
            byte[] whole = body.toByteArray();
            assertThat(contents(dribbling(whole, random, round % 2 == 0 ? 7 : 70_000)))
                    .containsExactlyElementsOf(sent);
        }
    }

    @Test
    void theFirstBoundaryMayBeTheFirstLineOrStandBehindAPreamble() throws IOException {
        assertThat(texts("--b1\r\n\r\none\r\n--b1--")).containsExactly("one");
        assertThat(texts("a preamble\r\n--b1\r\n\r\none\r\n--b1--\r\nan epilogue"))
                .containsExactly("one");
    }

    @Test
    void whatOnlyBeginsLikeTheBoundaryIsContent() throws IOException {
        assertThat(texts("--b1\r\n\r\none\r\n--b12\r\ntwo\r\n--b1--")).containsExactly("one\r\n--b12\r\ntwo");
    }

    @Test
    void spaceBehindABoundaryIsPassedOver() throws IOException {
        assertThat(texts("--b1 \t\r\n\r\none\r\n--b1  \r\n\r\ntwo\r\n--b1--")).containsExactly("one", "two");
    }

    @Test
    void partsMayBeEmpty() throws IOException {
        assertThat(texts("--b1\r\n\r\n\r\n--b1\r\n\r\n\r\n--b1--")).containsExactly("", "");
    }

    @Test
    void headerFieldsAreReadByNamesInAnyCaseAndUnfolded() throws IOException {
        MultipartReader reader = new MultipartReader(
                new ByteArrayInputStream(bytes("--b1\r\ncontent-TYPE: application/dicom;\r\n a=b\r\n\r\n\r\n--b1--")),
                BOUNDARY);
        MultipartReader.Part part = reader.next();
        assertThat(part).isNotNull();
        assertThat(part.headers()).containsEntry("content-type", "application/dicom; a=b");
    }

    @Test
    void whatIsLeftOfAPartIsPassedOver() throws IOException {
        MultipartReader reader = new MultipartReader(
                new ByteArrayInputStream(bytes("--b1\r\n\r\n" + "x".repeat(200_000) + "\r\n--b1\r\n\r\ntwo\r\n--b1--")),
                BOUNDARY);
        assertThat(reader.next()).isNotNull();
        MultipartReader.Part second = reader.next();
        assertThat(second).isNotNull();
        assertThat(second.content().readAllBytes()).isEqualTo(bytes("two"));
    }

    @Test
    void aBodyThatEndsInsideAPartIsRefusedWithThePlace() {
        assertThatThrownBy(() -> texts("--b1\r\n\r\none\r\n--b1\r\n\r\ntw"))
                .isInstanceOfSatisfying(MultipartFault.class, fault -> {
                    assertThat(fault.place()).isEqualTo("part 2, byte 23");
                    assertThat(fault.why()).isEqualTo("the body ends inside a part");
                });
    }

    @Test
    void aBodyWithoutPartsIsRefused() {
        assertThatThrownBy(() -> texts("no parts at all")).isInstanceOf(MultipartFault.class);
        assertThatThrownBy(() -> texts("")).isInstanceOf(MultipartFault.class);
    }

    @Test
    void aPreambleWithoutEndIsRefusedEarly() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };
        assertThatThrownBy(() -> contents(endless)).hasMessageContaining("no boundary");
    }

    @Test
    void headerFieldsAreBounded() {
        assertThatThrownBy(() -> texts("--b1\r\nX: " + "x".repeat(20_000) + "\r\n\r\n\r\n--b1--"))
                .isInstanceOf(MultipartFault.class)
                .hasMessageContaining("header fields");
        assertThatThrownBy(() -> texts("--b1\r\n" + "X: y\r\n".repeat(4_000) + "\r\n\r\n--b1--"))
                .isInstanceOf(MultipartFault.class);
        assertThatThrownBy(() -> texts("--b1\r\nno colon\r\n\r\n\r\n--b1--")).hasMessageContaining("colon");
    }

    @Test
    void partsAreBounded() {
        assertThatThrownBy(() -> texts("--b1\r\n\r\n\r\n".repeat(20_001) + "--b1--"))
                .isInstanceOf(MultipartFault.class)
                .hasMessageContaining("20000 parts");
    }

    @Test
    void noiseIsNeverAnythingButPartsOrAFault() {
        Random random = new Random(7);
        byte[] alphabet = bytes("\r\n-b1: x");
        int faults = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = new byte[random.nextInt(60)];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = alphabet[random.nextInt(alphabet.length)];
            }
            try {
                contents(dribbling(noise, random, 9));
            } catch (MultipartFault e) {
                faults++;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        assertThat(faults).isPositive();
    }

    @Test
    void boundariesAreThoseOfTheRfc() {
        assertThat(MultipartReader.isBoundary("gc0pJq0M:08jU534c0p")).isTrue();
        assertThat(MultipartReader.isBoundary("a b")).isTrue();
        assertThat(MultipartReader.isBoundary("a ")).isFalse();
        assertThat(MultipartReader.isBoundary("")).isFalse();
        assertThat(MultipartReader.isBoundary("x".repeat(71))).isFalse();
        assertThat(MultipartReader.isBoundary("a\r\nb")).isFalse();
        assertThat(MultipartReader.isBoundary(null)).isFalse();
    }
}

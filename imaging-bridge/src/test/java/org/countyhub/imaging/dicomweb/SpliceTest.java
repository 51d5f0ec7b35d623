package org.countyhub.imaging.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import org.countyhub.imaging.study.Metadata;
import org.junit.jupiter.api.Test;

class SpliceTest {
    private static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static Metadata deflated(byte[] bytes, int level) {
        Deflater deflater = new Deflater(level, true);
        deflater.setInput(bytes);
        byte[] out = new byte[bytes.length * 2 + 100];
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return new Metadata(Arrays.copyOf(out, length), crc(bytes), bytes.length);
    }

    private static String joined(List<byte[]> pieces) {
        return pieces.stream()
                .map(piece -> new String(piece, StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static List<byte[]> pieces(Random random) {
        List<byte[]> pieces = new ArrayList<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            byte[] piece = new byte[1 + random.nextInt(random.nextBoolean() ? 50 : 40_000)];
            int letters = 1 + random.nextInt(255);
            for (int k = 0; k < piece.length; k++) {
                piece[k] = (byte) random.nextInt(letters);
            }
            pieces.add(piece);
        }
        return pieces;
    }

    private static byte[] spliced(List<byte[]> pieces, boolean gzip, Random random) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Splice splice = gzip ? new GzipSplice(out) : new JsonSplice(out)) {
            for (byte[] piece : pieces) {
                splice.add(deflated(piece, random.nextInt(10)));
            }
            splice.finish();
        }
        return out.toByteArray();
    }

    @Test
    void whatIsSplicedInflatesToWhatIsJoined() throws IOException {
        Random random = new Random(1951);
        for (int round = 0; round < 60; round++) {
            List<byte[]> pieces = pieces(random);
            byte[] gzip = spliced(pieces, true, random);
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                        .isEqualTo(joined(pieces));
            }
        }
    }

    @Test
    void whoeverTakesNoGzipGetsTheSame() throws IOException {
        Random random = new Random(1952);
        for (int round = 0; round < 60; round++) {
            List<byte[]> pieces = pieces(random);
            assertThat(new String(spliced(pieces, false, random), StandardCharsets.ISO_8859_1))
                    .isEqualTo(joined(pieces));
        }
    }

    @Test
    void theCrcOfTwoTextsIsFoundFromThoseOfEach() {
        Random random = new Random(32);
        for (int round = 0; round < 500; round++) {
            byte[] first = new byte[random.nextInt(300)];
            byte[] second = new byte[random.nextInt(100_000)];
            random.nextBytes(first);
            random.nextBytes(second);
            CRC32 both = new CRC32();
            both.update(first);
            both.update(second);
            assertThat(Crc32Join.joined(crc(first), crc(second), second.length)).isEqualTo((int) both.getValue());
        }
    }
}

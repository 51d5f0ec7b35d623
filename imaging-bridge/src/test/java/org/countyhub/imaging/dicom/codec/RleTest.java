package org.countyhub.imaging.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;

/** RLE of all widths, against an encoder made for the test. */
class RleTest {
    @Test
    void whateverIsEncodedIsDecoded() {
        Random random = new Random(7);
        for (int samples : new int[] {1, 3}) {
            for (int width : new int[] {1, 2, 4}) {
                byte[] pixels = new byte[61 * 37 * samples * width];
                for (int i = 0; i < pixels.length; i++) {
                    // Runs and noise by turns.
                    pixels[i] = (byte) ((i >> 8 & 1) == 0 ? i >> 6 : random.nextInt());
                }
                assertThat(Rle.decode(encoded(pixels, samples, width), 61 * 37, samples, width))
                        .isEqualTo(pixels);
            }
        }
    }

    @Test
    void coloursOfSixteenBitsAreDecoded() {
        PixelFormat format =
                PixelFormat.of(Pixels.builder("RGB", 2, 1, 16, 16, false).build());
        ByteBuffer pixels = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : new int[] {1000, 2000, 3000, 65535, 256, 255}) {
            pixels.putShort((short) value);
        }
        Frame frame = FrameDecoder.decode(encoded(pixels.array(), 3, 2), format, TransferSyntax.RLE_LOSSLESS, 0);
        assertThat(Pixels.values(frame)).containsExactly(1000, 2000, 3000, 65535, 256, 255);
    }

    @Test
    void segmentsThatLieElsewhereOrEndEarlyAreRefused() {
        byte[] good = encoded(new byte[1000], 1, 1);
        for (int cut = 0; cut < good.length; cut++) {
            byte[] shorter = Arrays.copyOf(good, cut);
            assertThatThrownBy(() -> Rle.decode(shorter, 1000, 1, 1)).isInstanceOf(ProblemException.class);
        }
        for (int offset : new int[] {-1, 0, 63, good.length + 1, Integer.MAX_VALUE}) {
            byte[] wrong = good.clone();
            ByteBuffer.wrap(wrong).order(ByteOrder.LITTLE_ENDIAN).putInt(4, offset);
            assertThatThrownBy(() -> Rle.decode(wrong, 1000, 1, 1)).isInstanceOf(ProblemException.class);
        }
        byte[] manySegments = good.clone();
        manySegments[0] = 3;
        assertThatThrownBy(() -> Rle.decode(manySegments, 1000, 1, 1)).isInstanceOf(ProblemException.class);
    }

    static byte[] encoded(byte[] pixels, int samples, int width) {
        int segments = samples * width;
        ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(segments);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int segment = 0; segment < segments; segment++) {
            header.putInt(64 + body.size());
            int first = segment / width * width + width - 1 - segment % width;
            byte[] plane = new byte[pixels.length / segments];
            for (int i = 0; i < plane.length; i++) {
                plane[i] = pixels[first + i * segments];
            }
            pack(plane, body);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header.array());
        out.writeBytes(body.toByteArray());
        return out.toByteArray();
    }

    private static void pack(byte[] plane, ByteArrayOutputStream out) {
        for (int at = 0; at < plane.length; ) {
            int run = 1;
            while (run < 128 && at + run < plane.length && plane[at + run] == plane[at]) {
                run++;
            }
            if (run > 1) {
                out.write(1 - run);
                out.write(plane[at]);
                at += run;
            } else {
                int literal = 1;
                while (literal < 128
                        && at + literal < plane.length
                        && (at + literal + 1 == plane.length || plane[at + literal] != plane[at + literal + 1])) {
                    literal++;
                }
                out.write(literal - 1);
                out.write(plane, at, literal);
                at += literal;
            }
        }
        if (out.size() % 2 == 1) {
            out.write(0);
        }
    }
}

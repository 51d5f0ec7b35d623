package org.countyhub.imaging.dicom.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * RLE (PS3.5 annex G). Written here because the toolkit's decoder knows no colour of 16 bits. A segment holds one byte of one sample of every pixel, the
 * most significant byte first; the result has samples side by side in little endian.
 */
final class Rle {
    private static final int HEADER = 64;
    private static final int MOST_SEGMENTS = 15;

    private Rle() {}

    static byte[] decode(byte[] frame, int pixels, int samples, int bytesPerSample) {
        if (frame.length < HEADER) {
            throw Wrong.pixels("an RLE frame of %d bytes has no header".formatted(frame.length));
        }
        ByteBuffer header = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
        int segments = samples * bytesPerSample;
        if (segments > MOST_SEGMENTS || header.getInt(0) != segments) {
            throw Wrong.pixels("an RLE frame of %d segments, which must be %d"
                    .formatted(header.getInt(0) & 0xFFFFFFFFL, segments));
        }
        byte[] out = new byte[Math.multiplyExact(pixels, segments)];
        for (int i = 0; i < segments; i++) {
            int from = header.getInt(4 + 4 * i);
            int to = i + 1 < segments ? header.getInt(8 + 4 * i) : frame.length;
            if (from < HEADER || to < from || to > frame.length) {
                throw Wrong.pixels("RLE segment %d does not lie within the frame".formatted(i + 1));
            }
            int sample = i / bytesPerSample;
            int significance = bytesPerSample - 1 - i % bytesPerSample;
            int filled = segment(frame, from, to, out, sample * bytesPerSample + significance, segments);
            if (filled != pixels) {
                throw Wrong.pixels("RLE segment %d is not of %d pixels".formatted(i + 1, pixels));
            }
        }
        return out;
    }

    /**
     * Unpacks a segment into every so manyth byte; how many there were. Behind them there may be one more, of a sender that made their number even, and
     * zeros; anything else is of another image, and counts.
     */
    private static int segment(byte[] in, int from, int to, byte[] out, int first, int step) {
        int at = from;
        int filled = 0;
        int room = out.length / step;
        while (at < to && !(filled >= room && isZero(in, at, to))) {
            int code = in[at++];
            int count = code >= 0 ? code + 1 : code == -128 ? 0 : 1 - code;
            if (at + (code >= 0 ? count : Math.min(count, 1)) > to) {
                throw Wrong.pixels("an RLE run reaches beyond its segment");
            }
            for (int i = 0; i < Math.min(count, room - filled); i++) {
                out[first + (filled + i) * step] = in[code >= 0 ? at + i : at];
            }
            at += code >= 0 ? count : Math.min(count, 1);
            filled += count;
            if (filled > room + 1) {
                break;
            }
        }
        return filled == room + 1 ? room : filled;
    }

    private static boolean isZero(byte[] in, int from, int to) {
        for (int i = from; i < to; i++) {
            if (in[i] != 0) {
                return false;
            }
        }
        return true;
    }
}

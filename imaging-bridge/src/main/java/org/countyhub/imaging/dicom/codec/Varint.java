package org.countyhub.imaging.dicom.codec;

import java.io.ByteArrayOutputStream;

/** Numbers of 0 to 2^63 - 1 in as few bytes as they need, seven bits in each, the lowest first. */
final class Varint {
    private final byte[] bytes;
    private int at;

    Varint(byte[] bytes) {
        this.bytes = bytes;
    }

    static void write(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest > 0x7F) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /** The next number, which must not be higher than that. */
    long next(long highInclusive) {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            if (at == bytes.length) {
                break;
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                if (value > highInclusive) {
                    break;
                }
                return value;
            }
        }
        throw new IllegalArgumentException("no frame index, at byte " + at);
    }

    void end() {
        if (at != bytes.length) {
            throw new IllegalArgumentException("bytes behind a frame index, at byte " + at);
        }
    }
}

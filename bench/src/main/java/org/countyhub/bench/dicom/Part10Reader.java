package org.countyhub.bench.dicom;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Set;

/** Looks into a file that came back, as far as its pixel data; the data set must be in an explicit VR little endian. */
public final class Part10Reader {
    private static final int FIRST_ELEMENT = 132;
    private static final int ITEM = 0xFFFE_E000;
    private static final int ITEM_END = 0xFFFE_E00D;
    private static final int SEQUENCE_END = 0xFFFE_E0DD;
    private static final Set<Integer> LONG = Set.of(
            vr('O', 'B'),
            vr('O', 'D'),
            vr('O', 'F'),
            vr('O', 'L'),
            vr('O', 'V'),
            vr('O', 'W'),
            vr('S', 'Q'),
            vr('S', 'V'),
            vr('U', 'C'),
            vr('U', 'N'),
            vr('U', 'R'),
            vr('U', 'T'),
            vr('U', 'V'));

    private final ByteBuffer bytes;

    private Part10Reader(byte[] file, int from, int to) {
        bytes = ByteBuffer.wrap(file, from, to - from).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * SHA-256 of the frames of a file that lies in an array, one after another.
     *
     * @throws IllegalArgumentException when it is no such file, is cut off, or has no pixel data
     */
    public static byte[] pixelDigest(byte[] in, int from, int to) {
        try {
            return new Part10Reader(in, from, to).pixelDigest();
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a file that is cut off", e);
        }
    }

    private byte[] pixelDigest() {
        if (bytes.getInt(128)
                != ByteBuffer.wrap(new byte[] {'D', 'I', 'C', 'M'})
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt()) {
            throw new IllegalArgumentException("no DICM behind the preamble");
        }
        bytes.position(FIRST_ELEMENT);
        while (bytes.hasRemaining()) {
            int tag = tag();
            int length = length();
            if (tag == PixelData.TAG) {
                return length == -1 ? fragments() : digest(length);
            }
            skip(length);
        }
        throw new IllegalArgumentException("no pixel data");
    }

    private static int vr(char first, char second) {
        return first | second << 8;
    }

    private int tag() {
        return bytes.getShort() << 16 | Short.toUnsignedInt(bytes.getShort());
    }

    private int length() {
        if (!LONG.contains((int) bytes.getShort())) {
            return Short.toUnsignedInt(bytes.getShort());
        }
        bytes.getShort();
        return bytes.getInt();
    }

    /** Passes over a value; one of undefined length is a sequence. */
    private void skip(int length) {
        if (length >= 0) {
            bytes.position(Math.addExact(bytes.position(), length));
            return;
        }
        if (length != -1) {
            throw new IndexOutOfBoundsException(length);
        }
        while (true) {
            int tag = tag();
            int itemLength = bytes.getInt();
            if (tag == SEQUENCE_END) {
                return;
            }
            if (itemLength == -1) {
                item();
            } else {
                skip(itemLength);
            }
        }
    }

    /** Passes over the elements of an item of undefined length. */
    private void item() {
        while (true) {
            int tag = tag();
            if (tag == ITEM_END) {
                bytes.getInt();
                return;
            }
            skip(length());
        }
    }

    private byte[] digest(int length) {
        MessageDigest digest = Digests.sha256();
        digest.update(bytes.slice(bytes.position(), length));
        return digest.digest();
    }

    private byte[] fragments() {
        MessageDigest digest = Digests.sha256();
        boolean offsetTable = true;
        while (true) {
            int tag = tag();
            int length = bytes.getInt();
            if (tag != ITEM) {
                return digest.digest();
            }
            if (!offsetTable) {
                digest.update(bytes.slice(bytes.position(), length));
            }
            offsetTable = false;
            skip(length);
        }
    }
}

package org.countyhub.bench.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A data set to be written in explicit VR little endian (PS3.5 section 7.1.2): elements in the order of their tags. Sequences have
 * undefined lengths and their items defined ones, so that readers meet both.
 */
public final class Attributes {
    static final long UNDEFINED_LENGTH = 0xFFFF_FFFFL;

    private static final int SPECIFIC_CHARACTER_SET = 0x0008_0005;
    private static final int ITEM = 0xFFFE_E000;
    private static final int SEQUENCE_END = 0xFFFE_E0DD;
    private static final int LONGEST_SHORT = 0xFFFF;
    /** VRs whose text is written in the character set of the data set (PS3.5 section 6.1.2.2). */
    private static final Set<String> LOCALISED = Set.of("LO", "LT", "PN", "SH", "ST", "UC", "UT");
    /** VRs with a length of four bytes after two reserved ones. */
    private static final Set<String> LONG = Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "UC", "UN", "UR", "UT");

    private final Map<Integer, Element> elements = new TreeMap<>(Integer::compareUnsigned);

    private sealed interface Element {}

    private record Text(String vr, String value) implements Element {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Bytes(String vr, byte[] value) implements Element {}

    private record Items(List<Attributes> items) implements Element {}

    /** A text of any VR; several values are apart by backslashes. Replaces what was there. */
    public Attributes text(int tag, String vr, String value) {
        elements.put(tag, new Text(vr, value));
        return this;
    }

    /** Numbers of the VR US, SS, UL or SL. */
    public Attributes number(int tag, String vr, int... values) {
        boolean wide = vr.equals("UL") || vr.equals("SL");
        ByteBuffer bytes = ByteBuffer.allocate(values.length * (wide ? 4 : 2)).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            if (wide) {
                bytes.putInt(value);
            } else {
                bytes.putShort((short) value);
            }
        }
        return bytes(tag, vr, bytes.array());
    }

    /** Numbers of the VR FL or FD. */
    public Attributes real(int tag, String vr, double... values) {
        boolean wide = vr.equals("FD");
        ByteBuffer bytes = ByteBuffer.allocate(values.length * (wide ? 8 : 4)).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            if (wide) {
                bytes.putDouble(value);
            } else {
                bytes.putFloat((float) value);
            }
        }
        return bytes(tag, vr, bytes.array());
    }

    /** A value as it stands in the data set. */
    public Attributes bytes(int tag, String vr, byte[] value) {
        elements.put(tag, new Bytes(vr, value));
        return this;
    }

    public Attributes items(int tag, Attributes... items) {
        elements.put(tag, new Items(List.of(items)));
        return this;
    }

    /** All elements of another, too. */
    public Attributes with(Attributes other) {
        elements.putAll(other.elements);
        return this;
    }

    /** How many elements there are, those in items included. */
    public int count() {
        int count = 0;
        for (Element element : elements.values()) {
            count++;
            if (element instanceof Items sequence) {
                count += sequence.items.stream().mapToInt(Attributes::count).sum();
            }
        }
        return count;
    }

    /** The data set in that character set, which it names. */
    public byte[] encoded(CharacterSet characters) {
        text(SPECIFIC_CHARACTER_SET, "CS", characters.term());
        return bytesIn(characters);
    }

    /** The elements of a file's meta information, which has no character set. */
    byte[] plain() {
        return bytesIn(CharacterSet.UTF_8);
    }

    private byte[] bytesIn(CharacterSet characters) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        try {
            for (Map.Entry<Integer, Element> entry : elements.entrySet()) {
                write(entry.getKey(), entry.getValue(), characters, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void write(int tag, Element element, CharacterSet characters, OutputStream out) throws IOException {
        switch (element) {
            case Text text -> {
                byte[] value = LOCALISED.contains(text.vr)
                        ? characters.encode(text.value)
                        : text.value.getBytes(StandardCharsets.US_ASCII);
                value(tag, text.vr, value, text.vr.equals("UI") ? 0 : ' ', out);
            }
            case Bytes bytes -> value(tag, bytes.vr, bytes.value, 0, out);
            case Items sequence -> {
                out.write(header(tag, "SQ", UNDEFINED_LENGTH));
                for (Attributes item : sequence.items) {
                    byte[] content = item.bytesIn(characters);
                    out.write(bare(ITEM, content.length));
                    out.write(content);
                }
                out.write(bare(SEQUENCE_END, 0));
            }
        }
    }

    private static void value(int tag, String vr, byte[] value, int padding, OutputStream out) throws IOException {
        int odd = value.length & 1;
        out.write(header(tag, vr, value.length + odd));
        out.write(value);
        if (odd == 1) {
            out.write(padding);
        }
    }

    /** What stands before a value. */
    static byte[] header(int tag, String vr, long length) {
        boolean wide = LONG.contains(vr);
        if (!wide && length > LONGEST_SHORT) {
            throw new IllegalArgumentException("a value of " + length + " bytes does not fit into a " + vr);
        }
        ByteBuffer bytes = ByteBuffer.allocate(wide ? 12 : 8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort((short) (tag >>> 16)).putShort((short) tag).put(vr.getBytes(StandardCharsets.US_ASCII));
        return (wide ? bytes.putShort((short) 0).putInt((int) length) : bytes.putShort((short) length)).array();
    }

    /** An item or a delimiter, which have no VR; also an element of a command set (PS3.7 section 6.3.1). */
    static byte[] bare(int tag, int length) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) (tag >>> 16))
                .putShort((short) tag)
                .putInt(length)
                .array();
    }
}

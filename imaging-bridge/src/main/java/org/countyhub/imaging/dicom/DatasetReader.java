package org.countyhub.imaging.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a data set (PS3.5 section 7) from a stream to its end, once, in bounded memory: values that are large stay where they are.
 * What is not a data set is refused with the place of the fault, such as {@code (0008,1140)[2].(0008,1155) at byte 1234}. Elements
 * out of order are taken, as devices send them, but two that say different things under one tag are not: which of them is meant would be
 * a guess.
 */
public final class DatasetReader {
    private static final long UNDEFINED = 0xFFFFFFFFL;
    private static final int BYTES_OF_AN_ELEMENT = 96;
    /** Behind all tags. */
    private static final long NOWHERE = 1L << 32;

    /**
     * What one data set may cost.
     *
     * @param inlineBytes the longest value that is held in memory
     * @param memoryBytes all that is held in memory
     * @param elements in all sequences together
     * @param depth of sequences in sequences
     * @param fragments of pixel data
     * @param inflatedBytes of a deflated data set
     * @param inflation how many times as large a deflated data set may become, beyond the first megabytes
     */
    public record Limits(
            int inlineBytes,
            long memoryBytes,
            int elements,
            int depth,
            int fragments,
            long inflatedBytes,
            int inflation) {
        public static final Limits DEFAULT = new Limits(16 * 1024, 48L << 20, 400_000, 32, 200_000, 8L << 30, 100);
    }

    private final ByteSource source;
    private final Limits limits;
    private final Place place;
    /** The first tag that is not read, at the top. */
    private final long stop;

    private long memory;
    private int elements;

    private DatasetReader(InputStream in, Limits limits, long stop) {
        this(in, limits, stop, Long.MAX_VALUE);
    }

    private DatasetReader(InputStream in, Limits limits, long stop, long bytes) {
        this.stop = stop;
        this.place = new Place();
        this.source = new ByteSource(in, place, bytes);
        this.limits = limits;
    }

    /** The data set of bytes in explicit little endian, such as a row of an index keeps. */
    public static Dataset read(byte[] bytes, Limits limits) {
        try {
            return new DatasetReader(new ByteArrayInputStream(bytes), limits, NOWHERE, bytes.length).whole(true, false);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /**
     * The data set of a stream.
     *
     * @param in from the first byte of the data set to its last
     * @throws org.countyhub.kernel.ProblemException Malformed with the place where it is none; TooLarge beyond the limits
     * @throws IOException when the stream breaks
     */
    public static Dataset read(InputStream in, TransferSyntax syntax, Limits limits) throws IOException {
        return read(in, syntax, limits, NOWHERE);
    }

    /**
     * The same, but only the elements before a tag: what lies behind it is not looked at. Of pixels in many fragments that saves a walk through all
     * of them.
     */
    public static Dataset readBefore(int tag, InputStream in, TransferSyntax syntax, Limits limits) throws IOException {
        return read(in, syntax, limits, Integer.toUnsignedLong(tag));
    }

    private static Dataset read(InputStream in, TransferSyntax syntax, Limits limits, long stop) throws IOException {
        if (!syntax.isDeflated()) {
            return new DatasetReader(in, limits, stop).whole(syntax.isExplicit(), syntax.isBigEndian());
        }
        Inflater inflater = new Inflater(true);
        try {
            Dataset read = new DatasetReader(new Inflated(in, inflater, limits), limits, stop).whole(true, false);
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return read;
        } finally {
            inflater.end();
        }
    }

    /** Ends where the limits are; a bomb is not unpacked any further. */
    private static final class Inflated extends InflaterInputStream {
        private static final long ANY_RATIO = 64L << 20;

        private final Limits limits;

        Inflated(InputStream in, Inflater inflater, Limits limits) {
            super(in, inflater, 64 * 1024);
            this.limits = limits;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read;
            try {
                read = super.read(bytes, from, length);
            } catch (java.util.zip.ZipException | java.io.EOFException e) {
                throw Place.malformed("the deflated data set", "it cannot be inflated");
            }
            long inflated = inf.getBytesWritten();
            if (inflated > limits.inflatedBytes()
                    || inflated > ANY_RATIO + (double) limits.inflation() * inf.getBytesRead()) {
                throw Place.tooLarge("the deflated data set", "it inflates to more than is taken");
            }
            return read;
        }
    }

    private Dataset whole(boolean explicit, boolean bigEndian) throws IOException {
        source.bigEndian = bigEndian;
        return level(explicit, Long.MAX_VALUE, CharacterSet.DEFAULT, false, 0);
    }

    /** Elements up to a position, or up to the end of an item of undefined length, or of the stream. */
    private Dataset level(boolean explicit, long end, CharacterSet inherited, boolean signed, int depth)
            throws IOException {
        boolean open = end == UNDEFINED_END;
        Dataset.Builder builder = Dataset.builder(inherited);
        CharacterSet own = null;
        while (open || source.position() < end) {
            if (depth == 0 && source.atEnd()) {
                break;
            }
            int tag = source.tag();
            if (depth == 0 && Integer.toUnsignedLong(tag) >= stop) {
                break;
            }
            if (tag == Tag.ItemDelimitationItem && open) {
                source.unsigned32();
                break;
            }
            place.enter(tag, source.position() - 4);
            if (Tag.group(tag) == 0xFFFE) {
                throw place.malformed("an item or a delimiter stands where an element should");
            }
            Element element = element(tag, explicit, end, own == null ? inherited : own, signed, depth);
            if (element != null) {
                if (!builder.add(element)) {
                    throw place.malformed("it is there twice, with different values");
                }
                if (tag == Tag.SpecificCharacterSet && element instanceof Element.Bytes bytes) {
                    own = CharacterSet.of(terms(bytes));
                } else if (tag == Tag.PixelRepresentation && element instanceof Element.Bytes bytes) {
                    signed = bytes.value().length > 0 && bytes.value()[0] == 1;
                }
            }
            place.leave();
        }
        if (source.position() > end && !open) {
            throw place.malformed("a value is longer than the item that it is in");
        }
        Dataset dataset = builder.build();
        return own == null ? dataset : dataset.withCharacterSet(own);
    }

    private static final long UNDEFINED_END = -1;

    private static List<String> terms(Element.Bytes bytes) {
        List<String> terms = new ArrayList<>();
        for (String term : new String(bytes.value(), StandardCharsets.ISO_8859_1).split("\\\\", -1)) {
            terms.add(term.replace('\0', ' ').strip());
        }
        return terms;
    }

    private @Nullable Element element(
            int tag, boolean explicit, long end, CharacterSet characterSet, boolean signed, int depth)
            throws IOException {
        if (++elements > limits.elements()) {
            throw place.tooLarge("more than " + limits.elements() + " elements");
        }
        held(BYTES_OF_AN_ELEMENT);
        Vr vr;
        long length;
        if (explicit) {
            vr = vr();
            if (vr.isLong()) {
                source.skip(2);
                length = source.unsigned32();
            } else {
                length = source.unsigned16();
            }
        } else {
            vr = implicit(tag, signed);
            length = source.unsigned32();
        }
        if (length != UNDEFINED && end >= 0 && length > end - source.position()) {
            throw place.malformed("its length of " + length + " is beyond the end of what it is in");
        }
        if (Tag.element(tag) == 0 && vr == Vr.UL) {
            source.skip(length);
            return null; // group length, which says nothing
        }
        if (vr == Vr.UN) {
            return length == UNDEFINED
                    ? new Element.Items(tag, unknownItems(characterSet, signed, depth))
                    : unknown(tag, length, characterSet, signed, depth);
        }
        if (vr == Vr.SQ) {
            return new Element.Items(tag, items(explicit, length, characterSet, signed, depth));
        }
        if (length == UNDEFINED) {
            return new Element.Fragments(tag, pixelsInFragments(vr, explicit), fragments());
        }
        return value(tag, vr, length, source.bigEndian);
    }

    private Vr vr() throws IOException {
        int first = source.unsigned8();
        int second = source.unsigned8();
        Vr vr = Vr.of(first, second);
        if (vr == null) {
            throw place.malformed("%02X %02X is no value representation (PS3.5 section 6.2)".formatted(first, second));
        }
        return vr;
    }

    /** What the dictionary says (PS3.5 section 7.1.3); private elements are of unknown representation, but for their creators. */
    private static Vr implicit(int tag, boolean signed) {
        if (Tag.isPrivate(tag)) {
            int element = Tag.element(tag);
            return element >= 0x10 && element <= 0xFF ? Vr.LO : element == 0 ? Vr.UL : Vr.UN;
        }
        if (DataDictionary.isSignedByPixels(tag)) {
            return signed ? Vr.SS : Vr.US;
        }
        return DataDictionary.vr(tag);
    }

    private Vr pixelsInFragments(Vr vr, boolean explicit) {
        if (vr != Vr.OB && vr != Vr.OW) {
            throw place.malformed("a value of representation " + vr + " must say its length");
        }
        if (!explicit) {
            throw place.malformed("pixel data in fragments cannot be implicit (PS3.5 section A.4)");
        }
        return vr;
    }

    /** A sequence of unknown representation is implicit little endian (PS3.5 section 6.2.2). */
    private List<Dataset> unknownItems(CharacterSet characterSet, boolean signed, int depth) throws IOException {
        boolean bigEndian = source.bigEndian;
        source.bigEndian = false;
        List<Dataset> items = items(false, UNDEFINED, characterSet, signed, depth);
        source.bigEndian = bigEndian;
        return items;
    }

    /**
     * What came through a system that did not know the element: its value is implicit little endian whatever the rest is (PS3.5 section
     * 6.2.2). One that cannot be what the registry says stays unknown, and is no reason to lose an image.
     */
    private Element unknown(int tag, long length, CharacterSet characterSet, boolean signed, int depth)
            throws IOException {
        Vr registered = Tag.isPrivate(tag) ? Vr.UN : implicit(tag, signed);
        if (registered != Vr.SQ) {
            return value(tag, length % registered.width() == 0 ? registered : Vr.UN, length, false);
        }
        Element value = value(tag, Vr.UN, length, false);
        if (!(value instanceof Element.Bytes bytes)) {
            return value;
        }
        DatasetReader inner = new DatasetReader(new ByteArrayInputStream(bytes.value()), limits, stop);
        try {
            inner.place.enter(tag, 0);
            return new Element.Items(tag, inner.items(false, length, characterSet, signed, depth));
        } catch (ProblemException noItems) {
            return value;
        }
    }

    private List<Dataset> items(boolean explicit, long length, CharacterSet characterSet, boolean signed, int depth)
            throws IOException {
        if (depth >= limits.depth()) {
            throw place.tooLarge("sequences more than " + limits.depth() + " deep");
        }
        long end = length == UNDEFINED ? UNDEFINED_END : source.position() + length;
        List<Dataset> items = new ArrayList<>();
        while (end == UNDEFINED_END || source.position() < end) {
            int tag = source.tag();
            long size = source.unsigned32();
            if (tag == Tag.SequenceDelimitationItem && end == UNDEFINED_END) {
                break;
            }
            if (tag != Tag.Item) {
                throw place.malformed(Tag.text(tag) + " stands where an item should");
            }
            place.item(items.size());
            held(BYTES_OF_AN_ELEMENT);
            long itemEnd = size == UNDEFINED ? UNDEFINED_END : source.position() + size;
            if (end >= 0 && itemEnd > end) {
                throw place.malformed("an item is longer than its sequence");
            }
            items.add(level(explicit, itemEnd, characterSet, signed, depth + 1));
        }
        if (end >= 0 && source.position() > end) {
            throw place.malformed("its items are longer than the sequence says");
        }
        return items;
    }

    private List<Element.Fragment> fragments() throws IOException {
        List<Element.Fragment> fragments = new ArrayList<>();
        while (true) {
            int tag = source.tag();
            long length = source.unsigned32();
            if (tag == Tag.SequenceDelimitationItem) {
                return fragments;
            }
            if (tag != Tag.Item || length == UNDEFINED) {
                throw place.malformed("fragment " + fragments.size() + " is none (PS3.5 section A.4)");
            }
            if (fragments.size() >= limits.fragments()) {
                throw place.tooLarge("more than " + limits.fragments() + " fragments");
            }
            fragments.add(new Element.Fragment(source.position(), length));
            source.skip(length);
        }
    }

    private Element value(int tag, Vr vr, long length, boolean bigEndian) throws IOException {
        boolean pixels = tag == Tag.PixelData || tag == Tag.FloatPixelData || tag == Tag.DoubleFloatPixelData;
        if (pixels || length > limits.inlineBytes()) {
            long position = source.position();
            source.skip(length);
            return new Element.Bulk(tag, vr, position, length);
        }
        held(length);
        byte[] value = source.bytes((int) length);
        if (bigEndian) {
            swap(value, vr.width());
        }
        return new Element.Bytes(tag, vr, value);
    }

    private static void swap(byte[] value, int width) {
        for (int from = 0; width > 1 && from + width <= value.length; from += width) {
            for (int i = 0; i < width / 2; i++) {
                byte first = value[from + i];
                value[from + i] = value[from + width - 1 - i];
                value[from + width - 1 - i] = first;
            }
        }
    }

    private void held(long bytes) {
        memory += bytes;
        if (memory > limits.memoryBytes()) {
            throw place.tooLarge("a header of more than " + limits.memoryBytes() + " bytes");
        }
    }
}

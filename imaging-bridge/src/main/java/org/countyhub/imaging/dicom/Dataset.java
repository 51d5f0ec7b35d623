package org.countyhub.imaging.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A data set (PS3.5 section 7.1): elements in the order of their tags. It never changes; {@link #toBuilder} makes another. What cannot
 * be read as what is asked for, such as a letter in a number, counts as absent: images are full of such, and none is a reason to lose one.
 */
public final class Dataset {
    public static final Dataset EMPTY = new Builder(CharacterSet.DEFAULT).build();

    private final NavigableMap<Integer, Element> elements;
    private final CharacterSet characterSet;

    private Dataset(NavigableMap<Integer, Element> elements, CharacterSet characterSet) {
        this.elements = elements;
        this.characterSet = characterSet;
    }

    /** Elements in the order of their tags. */
    public Collection<Element> elements() {
        return Collections.unmodifiableCollection(elements.values());
    }

    public @Nullable Element element(int tag) {
        return elements.get(tag);
    }

    public boolean contains(int tag) {
        return elements.containsKey(tag);
    }

    /** How the text of this data set is read. */
    public CharacterSet characterSet() {
        return characterSet;
    }

    /** The same elements, their own text read in another way; items have theirs already. */
    Dataset withCharacterSet(CharacterSet as) {
        return new Dataset(elements, as);
    }

    /**
     * The same elements, with text that declares nothing beyond Latin letters and yet seems to be more read as what it most likely is, here
     * and in nested items.
     *
     * @param ofSource the defined term of the character set that its source is known for; null for none
     */
    public Dataset readable(@Nullable String ofSource) {
        CharacterSet detected =
                CharacterDetection.of(this, ofSource == null ? null : CharacterSet.of(List.of(ofSource)));
        return detected == null ? this : vagueAs(detected);
    }

    private Dataset vagueAs(CharacterSet as) {
        NavigableMap<Integer, Element> all = ordered();
        elements.forEach((tag, element) -> all.put(
                tag,
                element instanceof Element.Items items
                        ? new Element.Items(
                                tag,
                                items.items().stream()
                                        .map(item -> item.vagueAs(as))
                                        .toList())
                        : element));
        return new Dataset(all, characterSet.isVague() ? as : characterSet);
    }

    /** The same elements with their text in UTF-8; nested items too. */
    public Dataset inUtf8() {
        Builder builder = builder();
        elements.forEach((tag, element) -> builder.set(
                switch (element) {
                    case Element.Bytes bytes
                    when bytes.vr().usesCharacterSet() -> utf8(bytes, characterSet.decode(bytes.value(), bytes.vr()));
                    case Element.Items items ->
                        new Element.Items(
                                tag, items.items().stream().map(Dataset::inUtf8).toList());
                    case Element.Bytes bytes -> bytes;
                    case Element.Bulk bulk -> bulk;
                    case Element.Fragments fragments -> fragments;
                }));
        return builder.remove(Tag.SpecificCharacterSet)
                .set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192")
                .build();
    }

    private static Element utf8(Element.Bytes element, String text) {
        return padded(element.tag(), element.vr(), text.getBytes(StandardCharsets.UTF_8));
    }

    /** An element whose value is made even. */
    private static Element.Bytes padded(int tag, Vr vr, byte[] value) {
        if (value.length % 2 == 0) {
            return new Element.Bytes(tag, vr, value);
        }
        byte[] even = Arrays.copyOf(value, value.length + 1);
        even[value.length] = vr.padding();
        return new Element.Bytes(tag, vr, even);
    }

    /** Without values of more bytes than that, and without those that were left in place; in nested items too. */
    public Dataset withoutLongValues(int mostBytes) {
        NavigableMap<Integer, Element> some = ordered();
        elements.forEach((tag, element) -> {
            switch (element) {
                case Element.Bytes bytes -> {
                    if (bytes.value().length <= mostBytes) {
                        some.put(tag, bytes);
                    }
                }
                case Element.Items items ->
                    some.put(
                            tag,
                            new Element.Items(
                                    tag,
                                    items.items().stream()
                                            .map(item -> item.withoutLongValues(mostBytes))
                                            .toList()));
                case Element.Bulk ignored -> {}
                case Element.Fragments ignored -> {}
            }
        });
        return new Dataset(some, characterSet);
    }

    /** Only the elements of these tags. */
    public Dataset only(Collection<Integer> tags) {
        NavigableMap<Integer, Element> some = ordered();
        tags.forEach(tag -> {
            Element element = elements.get(tag);
            if (element != null) {
                some.put(tag, element);
            }
        });
        return new Dataset(some, characterSet);
    }

    /** The first value of a text element without the spaces around it; null where it is absent or empty. */
    public @Nullable String string(int tag) {
        List<String> values = strings(tag);
        return values.isEmpty() || values.getFirst().isEmpty() ? null : values.getFirst();
    }

    /** The same, or another text where there is none. */
    public String string(int tag, String ifAbsent) {
        String value = string(tag);
        return value == null ? ifAbsent : value;
    }

    /** The values of a text element, each without the spaces around it; empty ones in between stay. */
    public List<String> strings(int tag) {
        if (!(elements.get(tag) instanceof Element.Bytes bytes) || !bytes.vr().isText() || bytes.value().length == 0) {
            return List.of();
        }
        String text = characterSet.decode(bytes.value(), bytes.vr());
        if (!bytes.vr().isSeparated()) {
            return List.of(text.stripTrailing());
        }
        List<String> values = new ArrayList<>();
        for (String value : text.split("\\\\", -1)) {
            values.add(trimmed(value));
        }
        return values;
    }

    /** Without spaces and NULs at both ends. */
    private static String trimmed(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && value.charAt(from) <= ' ') {
            from++;
        }
        while (to > from && value.charAt(to - 1) <= ' ') {
            to--;
        }
        return value.substring(from, to);
    }

    /** The first value of a whole number, written (IS) or binary (US, SS, UL, SL); 0 to 2^32 - 1 for UL. */
    public long integer(int tag, long ifAbsent) {
        long[] values = integers(tag);
        return values.length == 0 ? ifAbsent : values[0];
    }

    /** All values of whole numbers; none where one of them is no number. */
    public long[] integers(int tag) {
        if (!(elements.get(tag) instanceof Element.Bytes bytes)) {
            return new long[0];
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes.value()).order(ByteOrder.LITTLE_ENDIAN);
        int count = bytes.value().length / bytes.vr().width();
        long[] values = new long[count];
        switch (bytes.vr()) {
            case US, OW -> Arrays.setAll(values, i -> buffer.getShort(2 * i) & 0xFFFF);
            case SS -> Arrays.setAll(values, i -> buffer.getShort(2 * i));
            case UL, OL -> Arrays.setAll(values, i -> buffer.getInt(4 * i) & 0xFFFFFFFFL);
            case SL -> Arrays.setAll(values, i -> buffer.getInt(4 * i));
            case SV, UV, OV -> Arrays.setAll(values, i -> buffer.getLong(8 * i));
            case IS, DS -> {
                return written(tag);
            }
            case AE, AS, AT, CS, DA, DT, FD, FL, LO, LT, OB, OD, OF, PN, SH, SQ, ST, TM, UC, UI, UN, UR, UT -> {
                return new long[0];
            }
        }
        return values;
    }

    private long[] written(int tag) {
        double[] values = decimals(tag);
        return Arrays.stream(values).allMatch(value -> value == Math.rint(value) && Math.abs(value) < 1e15)
                ? Arrays.stream(values).mapToLong(value -> (long) value).toArray()
                : new long[0];
    }

    /** All values of numbers of any kind (DS, IS, FL, FD and the binary integers); none where one of them is no number. */
    public double[] decimals(int tag) {
        if (!(elements.get(tag) instanceof Element.Bytes bytes)) {
            return new double[0];
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes.value()).order(ByteOrder.LITTLE_ENDIAN);
        return switch (bytes.vr()) {
            case FL, OF -> {
                double[] values = new double[bytes.value().length / 4];
                Arrays.setAll(values, i -> buffer.getFloat(4 * i));
                yield values;
            }
            case FD, OD -> {
                double[] values = new double[bytes.value().length / 8];
                Arrays.setAll(values, i -> buffer.getDouble(8 * i));
                yield values;
            }
            case DS, IS -> {
                try {
                    yield strings(tag).stream()
                            .filter(value -> !value.isEmpty())
                            .mapToDouble(Double::parseDouble)
                            .toArray();
                } catch (NumberFormatException e) {
                    yield new double[0];
                }
            }
            case US, SS, UL, SL, SV, UV, OW, OL, OV ->
                Arrays.stream(integers(tag)).asDoubleStream().toArray();
            case AE, AS, AT, CS, DA, DT, LO, LT, OB, PN, SH, SQ, ST, TM, UC, UI, UN, UR, UT -> new double[0];
        };
    }

    /** The items of a sequence; none where it is absent. */
    public List<Dataset> items(int tag) {
        return elements.get(tag) instanceof Element.Items items ? items.items() : List.of();
    }

    public Builder toBuilder() {
        Builder builder = new Builder(characterSet);
        builder.elements.putAll(elements);
        return builder;
    }

    /** A data set whose text is UTF-8; the builder writes SpecificCharacterSet when there is text that needs it. */
    public static Builder builder() {
        return new Builder(CharacterSet.UTF_8);
    }

    /** A data set whose text is in that character set. */
    public static Builder builder(CharacterSet characterSet) {
        return new Builder(characterSet);
    }

    private static NavigableMap<Integer, Element> ordered() {
        return new TreeMap<>(Integer::compareUnsigned);
    }

    /** Puts a data set together; an element that is set again replaces the earlier one. */
    public static final class Builder {
        private final NavigableMap<Integer, Element> elements = ordered();
        private final CharacterSet characterSet;

        private Builder(CharacterSet characterSet) {
            this.characterSet = characterSet;
        }

        public Builder set(Element element) {
            elements.put(element.tag(), element);
            return this;
        }

        /** Adds an element; false where there is one of the same tag that says, or may say, something else. */
        boolean add(Element element) {
            Element earlier = elements.putIfAbsent(element.tag(), element);
            return earlier == null
                    || (earlier instanceof Element.Bytes(int ignored, Vr vr, byte[] value)
                            && element instanceof Element.Bytes again
                            && vr == again.vr()
                            && Arrays.equals(value, again.value()));
        }

        /** Text values, encoded in the character set of the data set and made even; no values make an empty element. */
        public Builder set(int tag, Vr vr, String... values) {
            String text = String.join("\\", values);
            byte[] encoded =
                    vr.usesCharacterSet() ? characterSet.encode(text) : text.getBytes(StandardCharsets.US_ASCII);
            return set(padded(tag, vr, encoded));
        }

        /** Unsigned 16-bit numbers (US). */
        public Builder set(int tag, int... values) {
            ByteBuffer buffer = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            for (int value : values) {
                buffer.putShort((short) value);
            }
            return set(new Element.Bytes(tag, Vr.US, buffer.array()));
        }

        public Builder set(int tag, List<Dataset> items) {
            return set(new Element.Items(tag, items));
        }

        public Builder remove(int tag) {
            elements.remove(tag);
            return this;
        }

        public Dataset build() {
            NavigableMap<Integer, Element> all = ordered();
            all.putAll(elements);
            return new Dataset(all, characterSet);
        }
    }
}

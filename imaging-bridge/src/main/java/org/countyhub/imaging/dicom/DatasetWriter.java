package org.countyhub.imaging.dicom;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes a data set, explicit or implicit, little endian, with lengths (PS3.5 section 7). */
public final class DatasetWriter {
    private static final int UNDEFINED = 0xFFFFFFFF;
    /** What stands before an item, and what ends fragments. */
    private static final int ITEM = 8;

    private final OutputStream out;
    private final boolean explicit;
    private final Values values;

    /** Where values that were left in place are read from. */
    @FunctionalInterface
    public interface Values {
        /** Writes just so many bytes from that position of the data set that the element is of, in little endian. */
        void copy(Vr vr, long position, long length, OutputStream out) throws IOException;
    }

    private DatasetWriter(OutputStream out, boolean explicit, Values values) {
        this.out = out;
        this.explicit = explicit;
        this.values = values;
    }

    /** Writes a data set whose values are all in memory. */
    public static void write(Dataset dataset, OutputStream out, TransferSyntax syntax) throws IOException {
        write(dataset, out, syntax, (vr, position, length, into) -> {
            throw new IllegalArgumentException("a value is not in memory");
        });
    }

    /** The same; values that were left in place are copied from there, so that none of them is ever in memory. */
    public static void write(Dataset dataset, OutputStream out, TransferSyntax syntax, Values values)
            throws IOException {
        if (syntax.isBigEndian() || syntax.isDeflated()) {
            throw new IllegalArgumentException("only little endian is written, and not deflated");
        }
        new DatasetWriter(out, syntax.isExplicit(), values).level(dataset);
    }

    private void level(Dataset dataset) throws IOException {
        for (Element element : dataset.elements()) {
            switch (element) {
                case Element.Bytes(int tag, Vr vr, byte[] value) -> {
                    head(tag, vr, value.length);
                    out.write(value);
                }
                case Element.Items(int tag, List<Dataset> items) -> items(tag, items);
                case Element.Bulk(int tag, Vr vr, long position, long length) -> {
                    head(tag, vr, length);
                    values.copy(vr, position, length, out);
                }
                case Element.Fragments(int tag, Vr vr, List<Element.Fragment> fragments) -> {
                    head(tag, vr, UNDEFINED & 0xFFFFFFFFL);
                    for (Element.Fragment fragment : fragments) {
                        tag(Tag.Item);
                        number32(fragment.length());
                        values.copy(Vr.OB, fragment.position(), fragment.length(), out);
                    }
                    tag(Tag.SequenceDelimitationItem);
                    number32(0);
                }
            }
        }
    }

    /** Lengths are counted before, since an item can hold large values too. */
    private void items(int tag, List<Dataset> items) throws IOException {
        head(tag, Vr.SQ, length(items));
        for (Dataset item : items) {
            tag(Tag.Item);
            number32(length(item));
            level(item);
        }
    }

    private long length(List<Dataset> items) {
        return items.stream().mapToLong(item -> ITEM + length(item)).sum();
    }

    private long length(Dataset dataset) {
        return dataset.elements().stream().mapToLong(this::length).sum();
    }

    private long length(Element element) {
        return switch (element) {
            case Element.Bytes(int ignored, Vr vr, byte[] value) -> headLength(vr, value.length) + value.length;
            case Element.Items(int ignored, List<Dataset> items) -> headLength(Vr.SQ, 0) + length(items);
            case Element.Bulk(int ignored, Vr vr, long unused, long length) -> headLength(vr, length) + length;
            case Element.Fragments(int ignored, Vr vr, List<Element.Fragment> fragments) ->
                headLength(vr, UNDEFINED & 0xFFFFFFFFL)
                        + fragments.stream()
                                .mapToLong(fragment -> ITEM + fragment.length())
                                .sum()
                        + ITEM;
        };
    }

    private int headLength(Vr vr, long length) {
        return explicit && written(vr, length).isLong() ? 12 : 8;
    }

    /** A value too long for the short form of its representation is of unknown representation (PS3.5 section 6.2.2, note). */
    private static Vr written(Vr vr, long length) {
        return !vr.isLong() && length > 0xFFFF ? Vr.UN : vr;
    }

    private void head(int tag, Vr vr, long length) throws IOException {
        tag(tag);
        if (!explicit) {
            number32(length);
            return;
        }
        Vr written = written(vr, length);
        out.write(written.name().charAt(0));
        out.write(written.name().charAt(1));
        if (written.isLong()) {
            number16(0);
            number32(length);
        } else {
            number16((int) length);
        }
    }

    private void tag(int tag) throws IOException {
        number16(Tag.group(tag));
        number16(Tag.element(tag));
    }

    private void number16(int number) throws IOException {
        out.write(number);
        out.write(number >>> 8);
    }

    private void number32(long number) throws IOException {
        number16((int) number);
        number16((int) (number >>> 16));
    }
}

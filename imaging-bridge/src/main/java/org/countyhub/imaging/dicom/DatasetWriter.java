package org.countyhub.imaging.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** Writes a data set, explicit or implicit, little endian, with lengths (PS3.5 section 7). */
public final class DatasetWriter {
    private static final int UNDEFINED = 0xFFFFFFFF;

    private final OutputStream out;
    private final boolean explicit;
    private final Values values;

    /** Where values that were left in place are read from. */
    @FunctionalInterface
    public interface Values {
        /** So many bytes from that position of the data set that the element is of. */
        InputStream open(long position, long length) throws IOException;
    }

    private DatasetWriter(OutputStream out, boolean explicit, Values values) {
        this.out = out;
        this.explicit = explicit;
        this.values = values;
    }

    /** Writes a data set whose values are all in memory. */
    public static void write(Dataset dataset, OutputStream out, TransferSyntax syntax) throws IOException {
        write(dataset, out, syntax, (position, length) -> {
            throw new IllegalArgumentException("a value is not in memory");
        });
    }

    /** The same; values that were left in place are copied as they are, so they have to be in the byte order of the syntax. */
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
                    copy(position, length);
                }
                case Element.Fragments(int tag, Vr vr, List<Element.Fragment> fragments) -> {
                    head(tag, vr, UNDEFINED & 0xFFFFFFFFL);
                    for (Element.Fragment fragment : fragments) {
                        tag(Tag.Item);
                        number32(fragment.length());
                        copy(fragment.position(), fragment.length());
                    }
                    tag(Tag.SequenceDelimitationItem);
                    number32(0);
                }
            }
        }
    }

    private void items(int tag, List<Dataset> items) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        DatasetWriter inner = new DatasetWriter(all, explicit, values);
        for (Dataset item : items) {
            ByteArrayOutputStream one = new ByteArrayOutputStream();
            new DatasetWriter(one, explicit, values).level(item);
            inner.tag(Tag.Item);
            inner.number32(one.size());
            one.writeTo(all);
        }
        head(tag, Vr.SQ, all.size());
        all.writeTo(out);
    }

    private void copy(long position, long length) throws IOException {
        try (InputStream in = values.open(position, length)) {
            if (in.transferTo(out) != length) {
                throw new IOException("a value is shorter than its element says");
            }
        }
    }

    /** A value too long for the short form of its representation is of unknown representation (PS3.5 section 6.2.2, note). */
    private void head(int tag, Vr vr, long length) throws IOException {
        tag(tag);
        if (!explicit) {
            number32(length);
            return;
        }
        Vr written = !vr.isLong() && length > 0xFFFF ? Vr.UN : vr;
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

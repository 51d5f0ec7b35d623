package org.countyhub.imaging.dicom;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Puts data sets together byte by byte, right or wrong: explicit little endian. */
final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Bytes raw(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    Bytes text(String text) {
        return raw(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Bytes tag(int tag) {
        return number16(Tag.group(tag)).number16(Tag.element(tag));
    }

    Bytes number16(int number) {
        return raw((byte) number, (byte) (number >> 8));
    }

    Bytes number32(long number) {
        return number16((int) number).number16((int) (number >> 16));
    }

    /** An element with a short length. */
    Bytes element(int tag, String vr, String value) {
        return tag(tag).text(vr).number16(value.length()).text(value);
    }

    /** The head of an element with a long length. */
    Bytes head(int tag, String vr, long length) {
        return tag(tag).text(vr).number16(0).number32(length);
    }

    Bytes item(long length) {
        return tag(Tag.Item).number32(length);
    }

    Bytes endOfItem() {
        return tag(Tag.ItemDelimitationItem).number32(0);
    }

    Bytes endOfSequence() {
        return tag(Tag.SequenceDelimitationItem).number32(0);
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    Dataset read() {
        return read(bytes(), TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
    }

    static Dataset read(byte[] bytes, TransferSyntax syntax) {
        try {
            return DatasetReader.read(new ByteArrayInputStream(bytes), syntax, DatasetReader.Limits.DEFAULT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] write(Dataset dataset, TransferSyntax syntax) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            DatasetWriter.write(dataset, out, syntax);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

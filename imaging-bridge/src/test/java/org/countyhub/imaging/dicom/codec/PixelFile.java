package org.countyhub.imaging.dicom.codec;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.countyhub.imaging.dicom.CharacterSet;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Vr;

/** A file with an image, read by a few lines that share nothing with the reader of the bridge: tests of pixels stand on their own feet. */
public final class PixelFile {
    private static final long UNDEFINED = 0xFFFFFFFFL;

    private final TransferSyntax syntax;
    private final byte[] bytes;
    private final ByteBuffer in;
    private final Dataset dataset;

    private PixelFile(TransferSyntax syntax, byte[] bytes) {
        this.syntax = syntax;
        this.bytes = bytes;
        this.in = ByteBuffer.wrap(bytes);
        this.dataset = items(UNDEFINED, true);
    }

    public static PixelFile read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            // 128 bytes, DICM, and the length of the group as an explicit UL.
            int meta = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(140);
            Dataset header = new PixelFile(
                            TransferSyntax.EXPLICIT_LITTLE_ENDIAN, Arrays.copyOfRange(bytes, 144, 144 + meta))
                    .dataset;
            return new PixelFile(
                    new TransferSyntax(header.string(Tag.TransferSyntaxUID, "")),
                    Arrays.copyOfRange(bytes, 144 + meta, bytes.length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Dataset dataset() {
        return dataset;
    }

    public TransferSyntax syntax() {
        return syntax;
    }

    public byte[] bytes(long position, int length) throws IOException {
        if (position + length > bytes.length) {
            throw new EOFException();
        }
        return Arrays.copyOfRange(bytes, (int) position, (int) position + length);
    }

    /** The bytes of a frame as they lie in the file. */
    public byte[] encoded(int frame) throws IOException {
        PixelFormat format = PixelFormat.of(dataset);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (FrameIndex.Range range :
                FrameLocator.locate(dataset, format, syntax, this::bytes).ranges(frame)) {
            out.write(bytes(range.position(), (int) range.length()));
        }
        return out.toByteArray();
    }

    /** A decoded frame. */
    public Frame frame(int frame) throws IOException {
        return FrameDecoder.decode(encoded(frame), PixelFormat.of(dataset), syntax, frame);
    }

    private Dataset items(long length, boolean top) {
        in.order(syntax.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        Dataset.Builder builder = Dataset.builder(CharacterSet.DEFAULT);
        long end = length == UNDEFINED ? in.limit() : in.position() + length;
        while (in.position() < end) {
            int tag = tag();
            if (tag == 0xFFFEE00D) {
                in.getInt();
                break;
            }
            Vr vr = syntax.isExplicit()
                    ? Vr.of("" + (char) in.get() + (char) in.get()).orElseThrow()
                    : implicit(tag);
            long size;
            if (!syntax.isExplicit()) {
                size = in.getInt() & 0xFFFFFFFFL;
            } else if (vr.isLong()) {
                in.getShort();
                size = in.getInt() & 0xFFFFFFFFL;
            } else {
                size = in.getShort() & 0xFFFF;
            }
            builder.set(element(tag, vr, size, top));
        }
        return builder.build();
    }

    private int tag() {
        return (in.getShort() & 0xFFFF) << 16 | (in.getShort() & 0xFFFF);
    }

    private static Vr implicit(int tag) {
        return switch (tag) {
            case Tag.PixelData -> Vr.OW;
            case Tag.PhotometricInterpretation -> Vr.CS;
            case Tag.NumberOfFrames, Tag.PixelAspectRatio -> Vr.IS;
            case Tag.WindowCenter, Tag.WindowWidth, Tag.RescaleIntercept, Tag.RescaleSlope, Tag.PixelSpacing -> Vr.DS;
            case Tag.PixelPaddingValue -> Vr.SS;
            default -> Tag.group(tag) == 0x0028 && Tag.element(tag) < 0x0107 ? Vr.US : Vr.UN;
        };
    }

    private Element element(int tag, Vr vr, long size, boolean top) {
        if (top && tag == Tag.PixelData && size == UNDEFINED) {
            List<Element.Fragment> fragments = new ArrayList<>();
            while (tag() == 0xFFFEE000) {
                int length = in.getInt();
                fragments.add(new Element.Fragment(in.position(), length));
                in.position(in.position() + length);
            }
            in.getInt();
            return new Element.Fragments(tag, vr, fragments);
        }
        if (top && tag == Tag.PixelData) {
            Element.Bulk bulk = new Element.Bulk(tag, vr, in.position(), size);
            in.position((int) (in.position() + size));
            return bulk;
        }
        if (vr == Vr.SQ || size == UNDEFINED) {
            long end = size == UNDEFINED ? in.limit() : in.position() + size;
            List<Dataset> items = new ArrayList<>();
            while (in.position() < end && tag() == 0xFFFEE000) {
                items.add(items(in.getInt() & 0xFFFFFFFFL, false));
            }
            if (size == UNDEFINED) {
                in.getInt();
            }
            return new Element.Items(tag, items);
        }
        byte[] value = new byte[(int) size];
        in.get(value);
        if (syntax.isBigEndian()) {
            for (int i = 0; i < value.length; i += vr.width()) {
                for (int k = 0; k < vr.width() / 2; k++) {
                    byte low = value[i + k];
                    value[i + k] = value[i + vr.width() - 1 - k];
                    value[i + vr.width() - 1 - k] = low;
                }
            }
        }
        return new Element.Bytes(tag, vr, value);
    }
}

package org.countyhub.imaging.dimse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.dicom.codec.Frame;
import org.countyhub.imaging.dicom.codec.FrameDecoder;
import org.countyhub.imaging.dicom.codec.FrameIndex;
import org.countyhub.imaging.dicom.codec.PixelFormat;
import org.countyhub.imaging.dicom.codec.PlainPixels;
import org.countyhub.imaging.study.Stored;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** A compressed instance for those who do not take it so: its frames are decoded one by one while it is sent. */
final class DecodedInstance {
    private static final long MAX_PIXELS = 0xFFFF_FFFEL;
    /** An element that a frame of this size is part of could not be sent at all. */
    private static final long MAX_FRAME = Integer.MAX_VALUE - 16;

    private final StoredValues values;
    private final TransferSyntax kept;
    private final FrameIndex index;
    private final PixelFormat format;
    private final byte[] first;
    private final Dataset dataset;
    private final long length;

    /**
     * Decodes the first frame, so that what cannot be decoded fails before anything is sent.
     *
     * @param stored with where its frames lie
     * @param header as it is to be sent, but for what it says of pixels
     */
    DecodedInstance(Stored stored, StoredValues values, Dataset header) throws IOException {
        this.values = values;
        this.kept = stored.transferSyntax();
        this.index = FrameIndex.of(stored.frames());
        this.format = PixelFormat.of(header);
        Frame frame = decoded(0);
        this.first = PlainPixels.of(frame, format.bitsAllocated());
        this.length = (long) first.length * index.frames();
        if (length > MAX_PIXELS) {
            throw new Problem.TooCostly(List.of(Fault.of("too-costly", "too large without compression"))).exception();
        }
        Dataset.Builder told = header.toBuilder()
                .set(Tag.PhotometricInterpretation, Vr.CS, frame.photometric().name())
                .set(Tag.HighBit, frame.lowBit() + frame.bitsStored() - 1);
        if (format.samples() > 1) {
            told.set(Tag.PlanarConfiguration, 0);
        }
        this.dataset = told.build();
    }

    private Frame decoded(int frame) throws IOException {
        if (index.length(frame) > MAX_FRAME) {
            throw new Problem.TooCostly(List.of(Fault.of("too-costly", "too large a frame"))).exception();
        }
        ByteArrayOutputStream encoded = new ByteArrayOutputStream((int) index.length(frame));
        for (FrameIndex.Range range : index.ranges(frame)) {
            try (InputStream in = values.open(range.position(), range.length())) {
                in.transferTo(encoded);
            }
        }
        return FrameDecoder.decode(encoded.toByteArray(), format, kept, frame);
    }

    /** @param syntax explicit or implicit little endian */
    void write(OutputStream out, TransferSyntax syntax) throws IOException {
        values.write(part(true), out, syntax);
        long padded = length + (length & 1);
        ByteBuffer head = ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) Tag.group(Tag.PixelData))
                .putShort((short) Tag.element(Tag.PixelData));
        if (syntax.isExplicit()) {
            Vr vr = format.bitsAllocated() > 8 ? Vr.OW : Vr.OB;
            head.put(vr.name().getBytes(StandardCharsets.US_ASCII)).putShort((short) 0);
        }
        head.putInt((int) padded);
        out.write(head.array(), 0, head.position());
        out.write(first);
        for (int frame = 1; frame < index.frames(); frame++) {
            out.write(PlainPixels.of(decoded(frame), format.bitsAllocated()));
        }
        if (padded > length) {
            out.write(0);
        }
        values.write(part(false), out, syntax);
    }

    /** The elements before the pixels, or those behind them. */
    private Dataset part(boolean before) {
        return dataset.only(dataset.elements().stream()
                .map(Element::tag)
                .filter(tag -> tag != Tag.PixelData && (Integer.compareUnsigned(tag, Tag.PixelData) < 0) == before)
                .toList());
    }
}

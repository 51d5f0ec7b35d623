package org.countyhub.imaging.study.outgoing;

import java.io.IOException;
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
import org.countyhub.imaging.dicom.codec.PixelFormat;
import org.countyhub.imaging.dicom.codec.PlainPixels;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** A compressed instance for those who do not take it so: its frames are decoded one by one while it is sent. */
final class DecodedInstance {
    private static final long MAX_PIXELS = 0xFFFF_FFFEL;

    private final StoredValues values;
    private final StoredFrames frames;
    private final PixelFormat format;
    private final byte[] first;
    private final Dataset dataset;
    private final long length;

    /**
     * Decodes the first frame, so that what cannot be decoded fails before anything is sent.
     *
     * @param header as it is to be sent, but for what it says of pixels
     */
    DecodedInstance(StoredValues values, StoredFrames frames, Dataset header) throws IOException {
        this.values = values;
        this.frames = frames;
        this.format = PixelFormat.of(header);
        Frame frame = frames.decoded(0, format);
        this.first = PlainPixels.of(frame, format.bitsAllocated());
        this.length = (long) first.length * frames.count();
        if (length > MAX_PIXELS) {
            throw new Problem.TooCostly(List.of(Fault.of(
                            "too-costly", "without compression the pixels have more bytes than an element can")))
                    .exception();
        }
        Dataset.Builder told = header.toBuilder()
                .set(Tag.PhotometricInterpretation, Vr.CS, frame.photometric().name())
                .set(Tag.HighBit, frame.lowBit() + frame.bitsStored() - 1);
        if (format.samples() > 1) {
            told.set(Tag.PlanarConfiguration, 0);
        }
        this.dataset = told.build();
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
        for (int frame = 1; frame < frames.count(); frame++) {
            out.write(PlainPixels.of(frames.decoded(frame, format), format.bitsAllocated()));
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

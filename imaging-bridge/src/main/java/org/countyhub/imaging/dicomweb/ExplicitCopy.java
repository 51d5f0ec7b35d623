package org.countyhub.imaging.dicomweb;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetWriter;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.dicom.codec.Frame;
import org.countyhub.imaging.dicom.codec.PixelFormat;
import org.countyhub.imaging.dicom.codec.PlainPixels;
import org.countyhub.imaging.study.Stored;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** Instances in explicit little endian, whatever they are kept in: frames are decoded one by one while they are sent. */
final class ExplicitCopy {
    private static final String NAME = "COUNTYHUB";
    private static final long MAX_PIXELS = 0xFFFF_FFFEL;

    private final Headers headers;
    private final Frames frames;

    ExplicitCopy(Headers headers, Frames frames) {
        this.headers = headers;
        this.frames = frames;
    }

    /** What can fail fails here, before anything is sent, but for frames other than the first. */
    DicomFiles.File of(Stored stored) throws IOException {
        Dataset dataset = headers.whole(stored);
        Element pixels = dataset.element(Tag.PixelData);
        return switch (pixels) {
            case Element.Fragments ignored -> decoded(stored, dataset);
            case Element.Bulk bulk ->
                new Copy(
                        stored,
                        dataset,
                        bulk.vr(),
                        bulk.length(),
                        out -> headers.little(stored, bulk, 0, bulk.length(), out));
            case null, default -> new Copy(stored, dataset, null, 0, out -> {});
        };
    }

    private DicomFiles.File decoded(Stored stored, Dataset dataset) throws IOException {
        Located located = Located.of(stored);
        if (located.index() == null) {
            throw Problem.unprocessable(
                    Fault.at(Tag.text(Tag.PixelData), "value", "it was not found where frames lie"));
        }
        PixelFormat format = headers.pixels(located);
        int count = located.frames().frames();
        Frame first = frames.decoded(located, 0);
        byte[] plain = PlainPixels.of(first, format.bitsAllocated());
        long length = (long) plain.length * count;
        if (length > MAX_PIXELS) {
            throw new Problem.TooCostly(List.of(Fault.of(
                            "too-costly", "without compression the pixels have more bytes than an element can")))
                    .exception();
        }
        Dataset.Builder told = dataset.toBuilder()
                .set(Tag.PhotometricInterpretation, Vr.CS, first.photometric().name())
                .set(Tag.HighBit, first.lowBit() + first.bitsStored() - 1);
        if (format.samples() > 1) {
            told.set(Tag.PlanarConfiguration, 0);
        }
        return new Copy(stored, told.build(), format.bitsAllocated() > 8 ? Vr.OW : Vr.OB, length, out -> {
            out.write(plain);
            for (int i = 1; i < count; i++) {
                out.write(PlainPixels.of(frames.decoded(located, i), format.bitsAllocated()));
            }
        });
    }

    @FunctionalInterface
    private interface Pixels {
        void write(OutputStream out) throws IOException;
    }

    private record Copy(
            Stored stored, Dataset dataset, @Nullable Vr vr, long length, Pixels pixels) implements DicomFiles.File {
        @Override
        public long size() {
            return -1;
        }

        @Override
        public TransferSyntax syntax() {
            return TransferSyntax.EXPLICIT_LITTLE_ENDIAN;
        }

        @Override
        public void write(OutputStream out, long position, long ignored) throws IOException {
            if (position != 0) {
                throw new IllegalArgumentException("only the whole");
            }
            out.write(Part10.header(
                    new Part10.FileMeta(
                            TransferSyntax.EXPLICIT_LITTLE_ENDIAN, stored.sopClassUid(), stored.sopInstanceUid()),
                    NAME));
            part(out, true);
            if (vr != null) {
                out.write(ByteBuffer.allocate(12)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putShort((short) Tag.group(Tag.PixelData))
                        .putShort((short) Tag.element(Tag.PixelData))
                        .put(vr.name().getBytes(StandardCharsets.US_ASCII))
                        .putShort((short) 0)
                        .putInt((int) (length + (length & 1)))
                        .array());
                pixels.write(out);
                if ((length & 1) == 1) {
                    out.write(0);
                }
            }
            part(out, false);
        }

        /** The elements before the pixels, or those behind them. */
        private void part(OutputStream out, boolean before) throws IOException {
            Dataset some = dataset.only(dataset.elements().stream()
                    .map(Element::tag)
                    .filter(tag -> tag != Tag.PixelData && (Integer.compareUnsigned(tag, Tag.PixelData) < 0) == before)
                    .toList());
            DatasetWriter.write(some, out, TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
        }
    }
}

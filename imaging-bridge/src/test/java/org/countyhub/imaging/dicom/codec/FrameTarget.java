package org.countyhub.imaging.dicom.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.countyhub.imaging.Dcmtk;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetWriter;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.fuzz.FuzzTarget;
import org.countyhub.imaging.fuzz.Seeds;
import org.countyhub.imaging.render.Encoders;
import org.countyhub.imaging.render.Rendering;
import org.countyhub.imaging.render.View;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;

/** Frames, through the decoders to a picture. The first byte of an input chooses what the data set says of it. */
public final class FrameTarget implements FuzzTarget {
    private static final int SIDE = 48;
    private static final String SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Case(byte[] encoded, Dataset dataset, PixelFormat format, TransferSyntax syntax) {}

    private final List<Case> cases = new ArrayList<>();

    public FrameTarget() {
        try {
            Path directory = Files.createTempDirectory("frames");
            try {
                encode(directory);
            } finally {
                try (var files = Files.list(directory)) {
                    files.forEach(file -> file.toFile().delete());
                }
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void encode(Path directory) throws IOException {
        Path color = image(directory.resolve("color.dcm"), "RGB", 3, 8);
        Path grey = image(directory.resolve("grey.dcm"), "MONOCHROME2", 1, 12);
        add(color);
        add(grey);
        add(Dcmtk.run("dcmcjpeg +eb", color, directory.resolve("baseline.dcm")));
        add(Dcmtk.run("dcmcjpeg +ee", grey, directory.resolve("extended.dcm")));
        add(Dcmtk.run("dcmcjpeg +e1", grey, directory.resolve("lossless.dcm")));
        add(Dcmtk.run("dcmcjpls +el", color, directory.resolve("jpeg-ls.dcm")));
        add(Dcmtk.run("dcmcjpls +en", grey, directory.resolve("near-lossless.dcm")));
        add(Dcmtk.run("dcmcrle", color, directory.resolve("rle.dcm")));
        add(Samples.file("MR1_J2KR.dcm"));
        add(Samples.file("VL1_J2KR.dcm"));
    }

    private void add(Path file) throws IOException {
        PixelFile pixels = PixelFile.read(file);
        cases.add(new Case(pixels.encoded(0), pixels.dataset(), PixelFormat.of(pixels.dataset()), pixels.syntax()));
    }

    /** A picture of bands, written as a file. */
    private static Path image(Path file, String photometric, int samples, int bits) throws IOException {
        byte[] pixels = new byte[SIDE * SIDE * (samples == 3 ? 3 : 2)];
        for (int i = 0; i < pixels.length; i++) {
            int low = (i & 1) == 0 ? i * 3 : (i >> 9) & 0x0F;
            pixels[i] = (byte) (samples == 3 ? i * 5 + (i >> 6) : low);
        }
        Dataset.Builder dataset = Dataset.builder()
                .set(Tag.SOPClassUID, Vr.UI, SECONDARY_CAPTURE)
                .set(Tag.SOPInstanceUID, Vr.UI, "1.2.3")
                .set(Tag.StudyInstanceUID, Vr.UI, "1.2.4")
                .set(Tag.SeriesInstanceUID, Vr.UI, "1.2.5")
                .set(Tag.Modality, Vr.CS, "OT")
                .set(Tag.SamplesPerPixel, samples)
                .set(Tag.PhotometricInterpretation, Vr.CS, photometric)
                .set(Tag.Rows, SIDE)
                .set(Tag.Columns, SIDE)
                .set(Tag.BitsAllocated, samples == 3 ? 8 : 16)
                .set(Tag.BitsStored, bits)
                .set(Tag.HighBit, bits - 1)
                .set(Tag.PixelRepresentation, 0)
                .set(new Element.Bytes(Tag.PixelData, samples == 3 ? Vr.OB : Vr.OW, pixels));
        if (samples == 3) {
            dataset.set(Tag.PlanarConfiguration, 0);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Part10.header(
                new Part10.FileMeta(TransferSyntax.EXPLICIT_LITTLE_ENDIAN, SECONDARY_CAPTURE, "1.2.3"), "FUZZ"));
        DatasetWriter.write(dataset.build(), out, TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
        return Files.write(file, out.toByteArray());
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            seeds.add(Seeds.prefixed(i, cases.get(i).encoded()));
        }
        return seeds;
    }

    @Override
    public void run(byte[] input) {
        if (input.length == 0) {
            return;
        }
        Case one = cases.get((input[0] & 0xFF) % cases.size());
        Frame frame = FrameDecoder.decode(Arrays.copyOfRange(input, 1, input.length), one.format(), one.syntax(), 0);
        if (frame.cells().length() != one.format().samplesPerFrame()) {
            throw new AssertionError("a frame of another size");
        }
        Encoders.jpeg(Rendering.render(frame, one.dataset(), 0, View.DEFAULT), 90);
    }

    /** Nobody else decodes anything, so it is never busy. */
    @Override
    public boolean isRefusal(Exception thrown) {
        return FuzzTarget.super.isRefusal(thrown)
                && thrown instanceof ProblemException refused
                && !(refused.problem() instanceof Problem.Busy);
    }
}

package org.countyhub.imaging.slide;

import java.util.Optional;
import java.util.Set;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a slide, as its header tells it.
 *
 * @param spacing millimetres between pixels; null where the header does not say
 * @param concatenationUid of which it is a part; empty where it is whole (PS3.3 section C.7.6.16.2.2.4)
 * @param frameOffset frames in the parts before it
 * @param objectiveLensPower 0 where the header does not say
 * @param browserReady whether a browser shows the colours of a stored frame as they are meant
 */
public record SlideImage(
        String sopInstanceUid,
        Flavor flavor,
        Grid grid,
        int frames,
        @Nullable Spacing spacing,
        String concatenationUid,
        int frameOffset,
        double objectiveLensPower,
        boolean browserReady,
        Tiling tiling) {
    /** VL Whole Slide Microscopy Image Storage. */
    public static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.77.1.6";

    private static final TransferSyntax JPEG_BASELINE = new TransferSyntax("1.2.840.10008.1.2.4.50");

    /** JPEGs of slides seldom say themselves in which colours they are; browsers then take them for these. */
    private static final Set<String> COLOURS_OF_JPEG = Set.of("YBR_FULL_422", "YBR_FULL");

    /** Millimetres from pixel to pixel, in the order of PixelSpacing: down, then across. */
    public record Spacing(double down, double across) {}

    /**
     * What a header says.
     *
     * @param header at least what stands before the pixels
     * @param kept how many frames there really are
     * @throws org.countyhub.kernel.ProblemException Unprocessable with the place where the header contradicts itself or the frames
     */
    public static SlideImage of(Dataset header, TransferSyntax syntax, int kept) {
        Grid grid = Grid.of(header);
        long frames = header.integer(Tag.NumberOfFrames, 1);
        if (frames != kept) {
            throw Wrong.attribute(Tag.NumberOfFrames, "it says " + frames + ", but there are " + kept);
        }
        String concatenation = header.string(Tag.ConcatenationUID, "");
        return new SlideImage(
                header.string(Tag.SOPInstanceUID, ""),
                Flavor.of(header),
                grid,
                kept,
                spacing(header, grid),
                concatenation,
                concatenation.isEmpty() ? 0 : offset(header, kept),
                header.items(Tag.OpticalPathSequence).stream()
                        .mapToDouble(path -> positive(path.decimals(Tag.ObjectiveLensPower), 0))
                        .findFirst()
                        .orElse(0),
                syntax.equals(JPEG_BASELINE)
                        && COLOURS_OF_JPEG.contains(header.string(Tag.PhotometricInterpretation, "")),
                Tiling.of(header, grid, kept));
    }

    private static int offset(Dataset header, int frames) {
        long offset = header.integer(Tag.ConcatenationFrameOffsetNumber, Long.MIN_VALUE);
        if (offset < 0 || offset > Integer.MAX_VALUE - frames) {
            throw Wrong.attribute(
                    Tag.ConcatenationFrameOffsetNumber,
                    offset == Long.MIN_VALUE ? "missing, or no number" : offset + " cannot be");
        }
        return (int) offset;
    }

    private static @Nullable Spacing spacing(Dataset header, Grid grid) {
        double[] said = shared(header, Tag.PixelMeasuresSequence)
                .or(() -> header.items(Tag.PerFrameFunctionalGroupsSequence).stream()
                        .findFirst()
                        .flatMap(groups ->
                                groups.items(Tag.PixelMeasuresSequence).stream().findFirst()))
                .map(measures -> measures.decimals(Tag.PixelSpacing))
                .orElse(new double[0]);
        double down = positive(said, 0);
        double across = positive(said, 1);
        if (down > 0 && across > 0) {
            return new Spacing(down, across);
        }
        double width = positive(header.decimals(Tag.ImagedVolumeWidth), 0);
        double height = positive(header.decimals(Tag.ImagedVolumeHeight), 0);
        return width > 0 && height > 0 ? new Spacing(height / grid.totalRows(), width / grid.totalColumns()) : null;
    }

    /** A number that can be a measure; 0 for any other and for none. */
    private static double positive(double[] values, int index) {
        return index < values.length && values[index] > 0 && Double.isFinite(values[index]) ? values[index] : 0;
    }

    /** The item of a functional group that all frames share. */
    static Optional<Dataset> shared(Dataset header, int sequence) {
        return header.items(Tag.SharedFunctionalGroupsSequence).stream()
                .findFirst()
                .flatMap(groups -> groups.items(sequence).stream().findFirst());
    }
}

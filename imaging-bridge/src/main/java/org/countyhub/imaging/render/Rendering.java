package org.countyhub.imaging.render;

import java.util.ArrayList;
import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.codec.Frame;

/** From a decoded frame and its data set to a picture (PS3.18 section 8.3.5). */
public final class Rendering {
    private Rendering() {}

    /**
     * A picture of a frame.
     *
     * @param dataset with its lookup tables and overlays in memory
     * @param number of the frame, the first being 0: functional groups and overlays differ by it
     * @throws org.countyhub.kernel.ProblemException BadSearch for a view that the image does not offer; Unprocessable for tables or overlays that are broken
     */
    public static Picture render(Frame frame, Dataset dataset, int number, View view) {
        boolean isGrey = frame.photometric().isMonochrome();
        byte[] samples =
                isGrey ? Monochrome.render(frame, dataset, number, view.values()) : Colors.render(frame, dataset);
        int channels = isGrey ? 1 : 3;
        if (view.overlays()) {
            Overlays.draw(frame, dataset, number, samples, channels);
        }
        Picture picture = new Picture(frame.width(), frame.height(), channels, samples);
        return view.viewport() == null ? picture : Scaling.fit(picture, view.viewport(), aspect(dataset, number));
    }

    /** The names of what the data set recommends to see of a frame, in their order; {@code 1}, {@code 2} and so on where there is no name. */
    public static List<String> presets(Dataset dataset, int number) {
        List<String> names = new ArrayList<>();
        for (Presets.Preset preset : Presets.of(dataset, number, false)) {
            names.add(preset.name().isEmpty() ? String.valueOf(names.size() + 1) : preset.name());
        }
        return names;
    }

    /** How much higher than wide a pixel is: its declared ratio, else the distances of pixels (PS3.3 section C.7.6.3.1.7). */
    static double aspect(Dataset dataset, int number) {
        Dataset measures = FrameAttributes.holding(dataset, number, Tag.PixelMeasuresSequence, Tag.PixelSpacing);
        for (double[] pair : List.of(
                dataset.decimals(Tag.PixelAspectRatio),
                measures.decimals(Tag.PixelSpacing),
                dataset.decimals(Tag.ImagerPixelSpacing))) {
            if (pair.length == 2 && pair[0] > 0 && pair[1] > 0) {
                // A ratio beyond this is a mistake; a picture of it would be a line.
                return Math.clamp(pair[0] / pair[1], 0.05, 20);
            }
        }
        return 1;
    }
}

package org.countyhub.imaging.render;

import java.util.function.DoubleUnaryOperator;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.jspecify.annotations.Nullable;

/** From stored values to those of the modality, such as Hounsfield units (PS3.3 sections C.11.1 and C.7.6.16.2.9). */
final class Modality {
    private Modality() {}

    /** The transform of a frame; null where stored values are already what they mean. */
    static @Nullable DoubleUnaryOperator of(Dataset dataset, int frame, boolean signed) {
        LookupTable table = LookupTable.first(dataset.items(Tag.ModalityLUTSequence), signed);
        if (table != null) {
            return table;
        }
        Dataset holder =
                FrameAttributes.holding(dataset, frame, Tag.PixelValueTransformationSequence, Tag.RescaleSlope);
        double slope = first(holder.decimals(Tag.RescaleSlope), 1);
        double intercept = first(holder.decimals(Tag.RescaleIntercept), 0);
        // A slope of 0 makes one value of all; it is written where none was meant.
        double factor = slope == 0 || !Double.isFinite(slope) ? 1 : slope;
        return (factor == 1 && intercept == 0) || !Double.isFinite(intercept)
                ? null
                : value -> value * factor + intercept;
    }

    private static double first(double[] values, double ifNone) {
        return values.length == 0 ? ifNone : values[0];
    }
}

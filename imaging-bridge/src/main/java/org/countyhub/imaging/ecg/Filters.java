package org.countyhub.imaging.ecg;

import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.jspecify.annotations.Nullable;

/**
 * What was filtered out before the samples were kept, in Hz (PS3.3 section C.10.9.1.4); null where it is not stated.
 *
 * @param low below which it is weakened
 * @param high above which it is weakened
 * @param notch around which it is weakened, such as 50 for the mains; 0 where nothing is
 */
public record Filters(
        @Nullable Double low,
        @Nullable Double high,
        @Nullable Double notch) {
    static Filters of(Dataset channel) {
        return new Filters(
                stated(channel, Tag.FilterLowFrequency),
                stated(channel, Tag.FilterHighFrequency),
                stated(channel, Tag.NotchFilterFrequency));
    }

    private static @Nullable Double stated(Dataset channel, int tag) {
        double[] values = channel.decimals(tag);
        return values.length == 0 || !Double.isFinite(values[0]) || values[0] < 0 ? null : values[0];
    }
}

package org.countyhub.imaging.ecg;

import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;

/**
 * A channel of a multiplex group (PS3.3 section C.10.9.1.4).
 *
 * @param scale millivolts of a step of its samples
 * @param baseline millivolts of a sample that is 0
 * @param skew of its first sample from the beginning of the group, in seconds
 */
record Channel(String name, String status, double scale, double baseline, double skew, Filters filters) {
    /** Channels of one group are taken together; a shift of more is a mistake. */
    private static final double MAX_SKEW = 60;

    static Channel of(String place, int number, Dataset channel, double frequency) {
        double sensitivity = number(place, channel, Tag.ChannelSensitivity);
        double correction = optional(place, channel, Tag.ChannelSensitivityCorrectionFactor, 1);
        double unit = millivolts(place, channel);
        double scale = sensitivity * correction * unit;
        if (sensitivity == 0) {
            throw Wrong.at(place, Tag.ChannelSensitivity, "a sensitivity of 0 leaves nothing to draw");
        }
        if (scale == 0 || !Double.isFinite(scale)) {
            throw Wrong.at(place, Tag.ChannelSensitivityCorrectionFactor, "with this factor a sample has no voltage");
        }
        double skew = optional(
                        place,
                        channel,
                        Tag.ChannelTimeSkew,
                        optional(place, channel, Tag.ChannelSampleSkew, 0) / frequency)
                + optional(place, channel, Tag.ChannelOffset, 0);
        if (Math.abs(skew) > MAX_SKEW) {
            throw Wrong.at(
                    place, Tag.ChannelOffset, "a channel does not begin more than a minute apart from its group");
        }
        return new Channel(
                LeadName.of(channel, number),
                String.join(
                        ", ",
                        channel.strings(Tag.ChannelStatus).stream()
                                .filter(status -> !status.isEmpty() && !status.equals("OK"))
                                .limit(4)
                                .toList()),
                scale,
                optional(place, channel, Tag.ChannelBaseline, 0) * unit,
                skew,
                Filters.of(channel));
    }

    /** What one of the units is in millivolts (UCUM). */
    private static double millivolts(String place, Dataset channel) {
        List<Dataset> units = channel.items(Tag.ChannelSensitivityUnitsSequence);
        String unit = units.isEmpty() ? "" : units.getFirst().string(Tag.CodeValue, "");
        return switch (unit) {
            case "V" -> 1e3;
            case "mV" -> 1;
            case "uV", "µV", "μV" -> 1e-3;
            case "nV" -> 1e-6;
            default ->
                throw Wrong.at(
                        place,
                        Tag.ChannelSensitivityUnitsSequence,
                        unit.isEmpty() ? "it does not say its unit" : "its unit is no voltage (V, mV, uV, nV)");
        };
    }

    static double number(String place, Dataset dataset, int tag) {
        double value = optional(place, dataset, tag, Double.NaN);
        if (Double.isNaN(value)) {
            throw Wrong.at(place, tag, "it is missing, or no number");
        }
        return value;
    }

    static double optional(String place, Dataset dataset, int tag, double ifAbsent) {
        double[] values = dataset.decimals(tag);
        if (values.length == 0) {
            return ifAbsent;
        }
        if (!Double.isFinite(values[0])) {
            throw Wrong.at(place, tag, "it is no number");
        }
        return values[0];
    }
}

package org.countyhub.imaging.render;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;

/** What the data set recommends to see of a frame: its windows, then its VOI LUTs (PS3.3 sections C.11.2 and C.7.6.16.2.10). */
final class Presets {
    /** @param shade from black (0) to white (1), of a value of the modality */
    record Preset(String name, DoubleUnaryOperator shade) {}

    private Presets() {}

    /** @param signed whether values of the modality can be below 0, which decides how a VOI LUT counts */
    static List<Preset> of(Dataset dataset, int frame, boolean signed) {
        List<Preset> presets = new ArrayList<>();
        Dataset holder = FrameAttributes.holding(dataset, frame, Tag.FrameVOILUTSequence, Tag.WindowCenter);
        double[] centers = holder.decimals(Tag.WindowCenter);
        double[] widths = holder.decimals(Tag.WindowWidth);
        List<String> names = holder.strings(Tag.WindowCenterWidthExplanation);
        Window.Function function =
                Window.Function.of(holder.string(Tag.VOILUTFunction, "LINEAR")).orElse(Window.Function.LINEAR);
        for (int i = 0; i < Math.min(centers.length, widths.length); i++) {
            Window window = new Window(centers[i], widths[i], function);
            if (window.isPossible()) {
                presets.add(new Preset(i < names.size() ? names.get(i) : "", window::apply));
            }
        }
        for (Dataset item : dataset.items(Tag.VOILUTSequence)) {
            LookupTable table = LookupTable.of(item, signed);
            double highest = table.highest();
            presets.add(new Preset(
                    item.string(Tag.LUTExplanation, ""), value -> Math.min(1, table.applyAsDouble(value) / highest)));
        }
        return presets;
    }

    /** One by its number, from 1, or its name without regard to case; Problem.BadSearch where there is none such. */
    static Preset choose(List<Preset> presets, String numberOrName) {
        for (int i = 0; i < presets.size(); i++) {
            if (numberOrName.equals(String.valueOf(i + 1))
                    || numberOrName.equalsIgnoreCase(presets.get(i).name())) {
                return presets.get(i);
            }
        }
        throw View.noPreset(numberOrName, presets.stream().map(Preset::name).collect(Collectors.joining(", ")));
    }
}

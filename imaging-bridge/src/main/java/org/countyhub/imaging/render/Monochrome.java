package org.countyhub.imaging.render;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.codec.Frame;
import org.countyhub.imaging.dicom.codec.Frame.Cells;
import org.countyhub.imaging.dicom.codec.Photometric;
import org.jspecify.annotations.Nullable;

/** Grey pictures: stored values, values of the modality, values of interest, grey (PS3.3 section C.11, PS3.4 section N.2). */
final class Monochrome {
    private final Frame frame;
    private final Dataset dataset;
    private final int number;
    private final Padding padding;
    private final @Nullable DoubleUnaryOperator modality;

    private Monochrome(Frame frame, Dataset dataset, int number) {
        this.frame = frame;
        this.dataset = dataset;
        this.number = number;
        this.padding = Padding.of(dataset, frame);
        this.modality = Modality.of(dataset, number, frame.signed());
    }

    static byte[] render(Frame frame, Dataset dataset, int number, View.Values values) {
        return new Monochrome(frame, dataset, number).render(values);
    }

    private byte[] render(View.Values values) {
        Range range = range();
        DoubleUnaryOperator shade = shade(values, range);
        return switch (frame.cells()) {
            case Cells.Bytes ignored -> byTable(shade, range);
            case Cells.Shorts ignored -> byTable(shade, range);
            case Cells.Ints ignored -> oneByOne(shade);
            case Cells.Floats ignored -> oneByOne(shade);
            case Cells.Doubles ignored -> oneByOne(shade);
        };
    }

    /** The lowest and highest stored value of what was measured; both 0 where nothing was. */
    private record Range(double low, double high) {}

    private Range range() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < frame.cells().length(); i++) {
            double value = frame.value(i);
            if (Double.isFinite(value) && !padding.contains(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        return low <= high ? new Range(low, high) : new Range(0, 0);
    }

    /** From stored values to 0 to 255. */
    private DoubleUnaryOperator shade(View.Values values, Range range) {
        DoubleUnaryOperator interest =
                switch (values) {
                    case View.Values.Within(Window window) -> window::apply;
                    case View.Values.Preset(String wanted) ->
                        Presets.choose(presets(), wanted).shade();
                    case View.Values.Recommended() -> {
                        List<Presets.Preset> presets = presets();
                        yield presets.isEmpty()
                                ? everything(range)
                                : presets.getFirst().shade();
                    }
                };
        boolean inverse = dataset.string(Tag.PresentationLUTShape) == null
                ? frame.photometric() == Photometric.MONOCHROME1
                : dataset.string(Tag.PresentationLUTShape, "").equals("INVERSE");
        return stored -> {
            double shade = interest.applyAsDouble(modality == null ? stored : modality.applyAsDouble(stored));
            return Math.rint(255 * (inverse ? 1 - shade : shade));
        };
    }

    private List<Presets.Preset> presets() {
        boolean belowZero = frame.signed() || (modality != null && modality.applyAsDouble(0) < 0);
        return Presets.of(dataset, number, belowZero);
    }

    /** All that occurs, from the lowest as black to the highest as white; samples of few bits stay as bright as they are. */
    private DoubleUnaryOperator everything(Range range) {
        if (modality == null && !frame.signed() && frame.bitsStored() <= 8) {
            double highest = (1 << frame.bitsStored()) - 1;
            return value -> value / highest;
        }
        double one = modality == null ? range.low() : modality.applyAsDouble(range.low());
        double other = modality == null ? range.high() : modality.applyAsDouble(range.high());
        double low = Math.min(one, other);
        double width = Math.abs(other - one);
        return value -> width == 0 ? 0 : Math.clamp((value - low) / width, 0, 1);
    }

    /** Every value that occurs is shaded once: a frame has many more pixels than values. */
    private byte[] byTable(DoubleUnaryOperator shade, Range range) {
        int mask = (1 << frame.bitsStored()) - 1;
        int lowBit = frame.lowBit();
        byte[] table = new byte[mask + 1];
        for (int value = (int) range.low(); value <= (int) range.high(); value++) {
            if (!padding.contains(value)) {
                table[value & mask] = (byte) (int) shade.applyAsDouble(value);
            }
        }
        byte[] out = new byte[frame.cells().length()];
        switch (frame.cells()) {
            case Cells.Bytes(byte[] cells) -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = table[(cells[i] & 0xFF) >> lowBit & mask];
                }
            }
            case Cells.Shorts(short[] cells) -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = table[(cells[i] & 0xFFFF) >> lowBit & mask];
                }
            }
            case Cells.Ints ignored -> throw new IllegalStateException();
            case Cells.Floats ignored -> throw new IllegalStateException();
            case Cells.Doubles ignored -> throw new IllegalStateException();
        }
        return out;
    }

    private byte[] oneByOne(DoubleUnaryOperator shade) {
        byte[] out = new byte[frame.cells().length()];
        for (int i = 0; i < out.length; i++) {
            double value = frame.value(i);
            out[i] = Double.isNaN(value) || padding.contains(value) ? 0 : (byte) (int) shade.applyAsDouble(value);
        }
        return out;
    }
}

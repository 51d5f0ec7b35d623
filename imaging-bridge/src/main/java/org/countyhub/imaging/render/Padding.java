package org.countyhub.imaging.render;

import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.codec.Frame;

/** Stored values that are no measurements but fill the rectangle around them (PS3.3 section C.7.5.1.1.2). */
record Padding(double low, double high) {
    private static final Padding NONE = new Padding(Double.NaN, Double.NaN);

    static Padding of(Dataset dataset, Frame frame) {
        if (!(dataset.element(Tag.PixelPaddingValue) instanceof Element.Bytes)) {
            return NONE;
        }
        long[] value = dataset.integers(Tag.PixelPaddingValue);
        if (value.length == 0) {
            return NONE;
        }
        long[] limit = dataset.integers(Tag.PixelPaddingRangeLimit);
        double one = stored(value[0], frame);
        double other = limit.length == 0 ? one : stored(limit[0], frame);
        return new Padding(Math.min(one, other), Math.max(one, other));
    }

    /** The element may be written as US although pixels are signed, or as SS although they are not. */
    private static double stored(long value, Frame frame) {
        return frame.signed() ? (short) value : value & 0xFFFF;
    }

    boolean contains(double value) {
        return value >= low && value <= high;
    }
}

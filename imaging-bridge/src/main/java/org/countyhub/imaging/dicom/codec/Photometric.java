package org.countyhub.imaging.dicom.codec;

import java.util.Arrays;
import java.util.Optional;

/** What the samples of a pixel mean (PS3.3 section C.7.6.3.1.2); ARGB, CMYK and HSV are retired. */
public enum Photometric {
    MONOCHROME1(1),
    MONOCHROME2(1),
    PALETTE_COLOR(1),
    RGB(3),
    HSV(3),
    YBR_FULL(3),
    YBR_FULL_422(3),
    YBR_PARTIAL_422(3),
    YBR_PARTIAL_420(3),
    YBR_ICT(3),
    YBR_RCT(3),
    ARGB(4),
    CMYK(4);

    private final int samples;

    Photometric(int samples) {
        this.samples = samples;
    }

    /** The interpretation of that defined term, such as {@code PALETTE COLOR}; empty where there is none. */
    public static Optional<Photometric> of(String term) {
        String name = term.replace(' ', '_');
        return Arrays.stream(values())
                .filter(value -> value.name().equals(name))
                .findFirst();
    }

    /** Samples of a pixel. */
    public int samples() {
        return samples;
    }

    public boolean isMonochrome() {
        return this == MONOCHROME1 || this == MONOCHROME2;
    }

    /** Whether two pixels of a row share their chrominance where pixels are not compressed. */
    boolean isSubsampled() {
        return this == YBR_FULL_422 || this == YBR_PARTIAL_422;
    }
}

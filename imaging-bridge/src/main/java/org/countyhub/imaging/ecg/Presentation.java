package org.countyhub.imaging.ecg;

import org.countyhub.imaging.render.Language;
import org.jspecify.annotations.Nullable;

/**
 * How a recording is to be drawn.
 *
 * @param layout null for the usual one
 * @param speed of the paper in mm/s: 12.5, 25 or 50
 * @param gain in mm/mV: 5, 10 or 20
 * @param offset where the drawing begins, in seconds from the beginning of the recording
 * @param group which multiplex group is drawn, from 1 on; 0 for the usual ones
 */
public record Presentation(
        @Nullable Layout layout, double speed, double gain, double offset, int group, Language language) {
    /** The width of the traces on a page of A4, in mm. */
    static final double WIDTH = 250;

    public static final Presentation USUAL = new Presentation(null, 25, 10, 0, 0, Language.EN);

    /** How much time has room on the page. */
    public double seconds() {
        return WIDTH / speed;
    }
}

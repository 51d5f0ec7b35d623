package org.countyhub.imaging.render;

import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How a picture is wished for (PS3.18 section 8.3.5.1).
 *
 * @param values which values are seen
 * @param viewport null for the whole image in its own size
 * @param overlays whether overlays of the data set are drawn in white
 */
public record View(Values values, @Nullable Viewport viewport, boolean overlays) {
    /** As the data set recommends, in its own size, with its overlays. */
    public static final View DEFAULT = new View(new Values.Recommended(), null, true);

    /** A small picture that fits a square. */
    public static View thumbnail(int side) {
        return new View(new Values.Recommended(), Viewport.within(side, side), false);
    }

    public View with(Window window) {
        return new View(new Values.Within(window), viewport, overlays);
    }

    public View with(Viewport other) {
        return new View(values, other, overlays);
    }

    /** A preset of the data set by its number, the first being 1, or by its explanation. */
    public View withPreset(String numberOrName) {
        return new View(new Values.Preset(numberOrName), viewport, overlays);
    }

    /** The values of interest of a monochrome image; colours are shown as they are. */
    public sealed interface Values {
        /** The first window of the data set, else its first VOI LUT, else all values that occur. */
        record Recommended() implements Values {}

        record Within(Window window) implements Values {}

        /** One of {@link Rendering#presets}; Problem.BadSearch where there is no such. */
        record Preset(String numberOrName) implements Values {}
    }

    static RuntimeException noPreset(String wanted, String offered) {
        return Problem.badSearch("preset", "no preset " + wanted + "; there are: " + offered);
    }
}

package org.countyhub.imaging.render;

import java.util.Arrays;
import org.countyhub.kernel.Problem;

/**
 * The size that a picture has to fit into, and the part of the image that it shows (PS3.18 section 8.3.5.1.3).
 *
 * @param width at most
 * @param height at most
 * @param left of the part, in pixels of the image
 * @param top of the part
 * @param partWidth of the part; 0 for all that is right of {@code left}, negative to flip it
 * @param partHeight of the part; 0 for all that is below {@code top}, negative to flip it
 */
public record Viewport(int width, int height, int left, int top, int partWidth, int partHeight) {
    private static final int MOST = 8192;

    public Viewport {
        if (width < 1 || height < 1 || width > MOST || height > MOST || left < 0 || top < 0) {
            throw Problem.badSearch(
                    "viewport", "a width and height of 1 to " + MOST + ", and a part that begins within the image");
        }
    }

    /** A picture of the whole image. */
    public static Viewport within(int width, int height) {
        return new Viewport(width, height, 0, 0, 0, 0);
    }

    /** The value of the parameter: {@code vw,vh[,sx,sy,sw,sh]}, of which single ones of the last four may be empty. */
    public static Viewport parse(String value) {
        String[] parts = value.split(",", -1);
        if (parts.length == 2 || parts.length == 6) {
            try {
                // PS3.18 gives the part in decimals; a pixel is the least that can be cut.
                int[] numbers = Arrays.stream(parts)
                        .mapToInt(part -> part.isEmpty() ? 0 : Math.toIntExact(Math.round(Double.parseDouble(part))))
                        .toArray();
                int[] all = Arrays.copyOf(numbers, 6);
                return new Viewport(all[0], all[1], all[2], all[3], all[4], all[5]);
            } catch (NumberFormatException | ArithmeticException e) {
                // Said below, with the form that is right.
            }
        }
        throw Problem.badSearch("viewport", "vw,vh or vw,vh,sx,sy,sw,sh in numbers");
    }

    /** The part in pixels of an image, without its flips; Problem.BadSearch where it lies outside. */
    Part part(int imageWidth, int imageHeight) {
        int partWide = partWidth == 0 ? imageWidth - left : Math.abs(partWidth);
        int partHigh = partHeight == 0 ? imageHeight - top : Math.abs(partHeight);
        if (partWide < 1
                || partHigh < 1
                || (long) left + partWide > imageWidth
                || (long) top + partHigh > imageHeight) {
            throw Problem.badSearch(
                    "viewport", "the part lies outside the image of %d × %d pixels".formatted(imageWidth, imageHeight));
        }
        return new Part(left, top, partWide, partHigh);
    }

    /** A rectangle of an image. */
    record Part(int left, int top, int width, int height) {}
}

package org.countyhub.imaging.ecg;

import java.util.List;

/** What a drawing is made on. Everything is in mm from the upper left corner of the page. */
interface Canvas {
    /**
     * What lines are drawn with.
     */
    enum Pen {
        MILLIMETRES(0.1, 0xF3C4C4),
        FIVE_MILLIMETRES(0.2, 0xE58F8F),
        TRACE(0.25, 0x000000);

        /** In mm. */
        final double width;

        /** Red, green and blue, a byte each. */
        final int colour;

        Pen(double width, int colour) {
            this.width = width;
            this.colour = colour;
        }
    }

    /** Lines apart from one another, each the coordinates x and y of its points in turn. */
    void lines(Pen pen, List<double[]> lines);

    /**
     * Text that begins at a point of its base line.
     *
     * @param size of the letters
     */
    void text(double x, double y, double size, boolean bold, String text);

    /** What is drawn from here to {@link #endClip} is cut off outside of a rectangle. */
    void beginClip(double x, double y, double width, double height);

    void endClip();

    /** The pulse by which a reader checks the scales of a row. */
    void calibration(double[] line);

    /**
     * A part of a lead.
     *
     * @param segments as {@link Trace} makes them, in micrometres
     */
    void trace(Placed placed, List<int[]> segments);

    /**
     * Where a part of a lead stands: that time is at {@code x}, and 0 mV at {@code baseline}.
     *
     * @param from in seconds from the beginning of the recording
     * @param to the end of it
     */
    record Placed(String lead, double x, double baseline, double from, double to) {}
}

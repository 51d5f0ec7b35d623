package org.countyhub.imaging.ecg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * From samples to the points of a line, in micrometres on the page. Where samples lie closer together than a pen is wide, those between the highest and
 * the lowest of each tenth of a millimetre are left out: every peak stays, at its own time and height.
 */
final class Trace {
    private static final double BIN = 0.1;
    /** Of a sample's time, so that one on a border is always on the same side of it. */
    private static final double ROUNDING = 1e-6;

    private static final double MICROMETRES = 1_000;
    /** Ten metres: no number in a recording makes a drawing overflow. */
    private static final double FARTHEST = 1e7;

    private final Lead lead;
    private final double x;
    private final double baseline;
    private final double speed;
    private final double gain;
    private final List<int[]> segments = new ArrayList<>();
    private int[] points = new int[256];
    private int used;

    /**
     * A trace on the page.
     *
     * @param x of the beginning of the time, in mm
     * @param baseline of 0 mV, in mm from above
     * @param speed in mm/s
     * @param gain in mm/mV
     */
    Trace(Lead lead, double x, double baseline, double speed, double gain) {
        this.lead = lead;
        this.x = x;
        this.baseline = baseline;
        this.speed = speed;
        this.gain = gain;
    }

    /**
     * Lines without gaps, each as x and y in turn; empty where nothing was recorded.
     *
     * @param zero the time that is drawn at {@code x}
     * @param from the first time that is drawn
     * @param to the first time that is not
     */
    List<int[]> between(double zero, double from, double to) {
        float[] values = lead.millivolts();
        int begin = (int) Math.clamp(Math.ceil((from - lead.start()) * lead.frequency() - ROUNDING), 0, values.length);
        int end = (int) Math.clamp(Math.ceil((to - lead.start()) * lead.frequency() - ROUNDING), begin, values.length);
        int low = -1;
        int high = -1;
        long bin = Long.MIN_VALUE;
        for (int i = begin; i < end; i++) {
            boolean isGap = Float.isNaN(values[i]);
            long here = (long) Math.floor((lead.time(i) - zero) * speed / BIN + ROUNDING);
            if (low >= 0 && (isGap || here != bin)) {
                add(low, high, zero);
                low = -1;
            }
            if (isGap) {
                end();
                continue;
            }
            if (low < 0) {
                bin = here;
                low = i;
                high = i;
            } else if (values[i] < values[low]) {
                low = i;
            } else if (values[i] > values[high]) {
                high = i;
            }
        }
        if (low >= 0) {
            add(low, high, zero);
        }
        end();
        return List.copyOf(segments);
    }

    private void add(int low, int high, double zero) {
        add(Math.min(low, high), zero);
        if (low != high) {
            add(Math.max(low, high), zero);
        }
    }

    private void add(int sample, double zero) {
        if (used == points.length) {
            points = Arrays.copyOf(points, 2 * used);
        }
        points[used++] = micrometres(x + (lead.time(sample) - zero) * speed);
        points[used++] = micrometres(baseline - lead.millivolts()[sample] * gain);
    }

    private static int micrometres(double mm) {
        return (int) Math.clamp(Math.rint(mm * MICROMETRES), -FARTHEST, FARTHEST);
    }

    private void end() {
        if (used > 0) {
            segments.add(Arrays.copyOf(points, used));
            used = 0;
        }
    }
}

package org.countyhub.imaging.ecg;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A drawing as the content of a PDF page (ISO 32000-1 section 8). Letters are in Helvetica, which every reader has; Chinese is in a font that the reader
 * has to have or to replace, as PDF allows for Chinese (section 9.7.5.2).
 */
final class PdfCanvas implements Canvas {
    private static final double POINTS_OF_A_MILLIMETRE = 72 / 25.4;
    private static final Charset LETTERS = Charset.forName("windows-1252");

    private final StringBuilder out = new StringBuilder(256 * 1024);

    /** @param height of the page in mm */
    PdfCanvas(double height) {
        // From here on in millimetres, from above.
        number(POINTS_OF_A_MILLIMETRE).append("0 0 ");
        number(-POINTS_OF_A_MILLIMETRE).append("0 ");
        number(height * POINTS_OF_A_MILLIMETRE).append("cm 1 j 1 J\n");
    }

    /** The operators. */
    byte[] content() {
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private StringBuilder number(double value) {
        return out.append(String.format(Locale.ROOT, "%.4f", value)).append(' ');
    }

    private void pen(Pen pen) {
        for (int shift = 16; shift >= 0; shift -= 8) {
            number((pen.colour >> shift & 0xFF) / 255.0);
        }
        out.append("RG ");
        number(pen.width).append("w\n");
    }

    @Override
    public void lines(Pen pen, List<double[]> lines) {
        pen(pen);
        for (double[] line : lines) {
            for (int i = 0; i < line.length; i += 2) {
                number(line[i]);
                number(line[i + 1]).append(i == 0 ? "m " : "l ");
            }
        }
        out.append("S\n");
    }

    @Override
    public void text(double x, double y, double size, boolean bold, String text) {
        out.append("BT 1 0 0 -1 ");
        number(x);
        number(y).append("Tm 0 g\n");
        CharsetEncoder letters = LETTERS.newEncoder();
        int from = 0;
        while (from < text.length()) {
            int to = from;
            boolean latin = letters.canEncode(text.charAt(from));
            while (to < text.length() && letters.canEncode(text.charAt(to)) == latin) {
                to++;
            }
            String run = text.substring(from, to);
            out.append(latin ? bold ? "/F2 " : "/F1 " : "/F3 ");
            number(size).append("Tf <");
            out.append(HexFormat.of().formatHex(run.getBytes(latin ? LETTERS : StandardCharsets.UTF_16BE)));
            out.append("> Tj\n");
            from = to;
        }
        out.append("ET\n");
    }

    @Override
    public void beginClip(double x, double y, double width, double height) {
        out.append("q ");
        number(x);
        number(y);
        number(width);
        number(height).append("re W n\n");
    }

    @Override
    public void endClip() {
        out.append("Q\n");
    }

    @Override
    public void calibration(double[] line) {
        lines(Pen.TRACE, List.of(line));
    }

    @Override
    public void trace(Placed placed, List<int[]> segments) {
        pen(Pen.TRACE);
        for (int[] points : segments) {
            for (int i = 0; i < points.length; i += 2) {
                micrometres(points[i]);
                micrometres(points[i + 1]);
                out.append(i == 0 ? "m\n" : "l\n");
            }
            if (points.length == 2) {
                micrometres(points[0]);
                micrometres(points[1]);
                out.append("l\n"); // a sample between gaps is a dot
            }
        }
        out.append("S\n");
    }

    private void micrometres(int value) {
        int whole = Math.abs(value);
        out.append(value < 0 ? "-" : "")
                .append(whole / 1_000)
                .append('.')
                .append(Integer.toString(1_000 + whole % 1_000), 1, 4)
                .append(' ');
    }
}

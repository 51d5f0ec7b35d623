package org.countyhub.imaging.ecg;

import java.util.List;
import org.countyhub.imaging.pdf.PdfPage;

/** A drawing on a PDF page. */
final class PdfCanvas implements Canvas {
    private static final double MICROMETRES = 1_000;

    private final PdfPage page;

    PdfCanvas(PdfPage page) {
        this.page = page;
    }

    @Override
    public void lines(Pen pen, List<double[]> lines) {
        page.lines(pen.width, pen.colour, lines);
    }

    @Override
    public void text(double x, double y, double size, boolean bold, String text) {
        page.text(x, y, size, bold, PdfPage.BLACK, text);
    }

    @Override
    public void beginClip(double x, double y, double width, double height) {
        page.beginClip(x, y, width, height);
    }

    @Override
    public void endClip() {
        page.endClip();
    }

    @Override
    public void calibration(double[] line) {
        lines(Pen.TRACE, List.of(line));
    }

    /** A sample between gaps is a dot. */
    @Override
    public void trace(Placed placed, List<int[]> segments) {
        lines(Pen.TRACE, segments.stream().map(PdfCanvas::millimetres).toList());
    }

    private static double[] millimetres(int[] points) {
        double[] converted = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            converted[i] = points[i] / MICROMETRES;
        }
        return converted;
    }
}

package org.countyhub.imaging.pdf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.apache.pdfbox.util.Matrix;

/** A page to draw on. Everything is in mm from its upper left corner; colours are red, green and blue, a byte each. */
public final class PdfPage {
    public static final int BLACK = 0;

    private static final double POINTS_OF_A_MILLIMETRE = 72 / 25.4;
    private static final int ROUND = 1;
    /** Of the height of the letters: as much are they widened where they are to be bold. */
    private static final double BOLDER = 0.035;

    private final PdfFile file;
    private final PDPageContentStream out;

    PdfPage(PdfFile file, PDDocument document, PDPage page, double height) {
        this.file = file;
        try {
            this.out = new PDPageContentStream(document, page);
            // From here on in millimetres, from above.
            out.transform(new Matrix(points(1), 0, 0, -points(1), 0, points(height)));
            out.setLineJoinStyle(ROUND);
            out.setLineCapStyle(ROUND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static float points(double millimetres) {
        return (float) (millimetres * POINTS_OF_A_MILLIMETRE);
    }

    void end() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static float part(int colour, int shift) {
        return (colour >> shift & 0xFF) / 255f;
    }

    private void stroke(double width, int colour) throws IOException {
        out.setStrokingColor(part(colour, 16), part(colour, 8), part(colour, 0));
        out.setLineWidth((float) width);
    }

    /**
     * Lines apart from one another.
     *
     * @param lines each the coordinates x and y of its points in turn; one of a single point is a dot
     */
    public void lines(double width, int colour, List<double[]> lines) {
        try {
            stroke(width, colour);
            for (double[] line : lines) {
                out.moveTo((float) line[0], (float) line[1]);
                for (int i = line.length == 2 ? 0 : 2; i < line.length; i += 2) {
                    out.lineTo((float) line[i], (float) line[i + 1]);
                }
            }
            out.stroke();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Text that begins at a point of its base line; of whatever is no character to be seen, {@link Typeface#shown} says what becomes.
     *
     * @param size of the letters
     */
    public void text(double x, double y, double size, boolean bold, int colour, String text) {
        text(new Matrix(1, 0, 0, -1, (float) x, (float) y), size, bold, colour, text);
    }

    /**
     * Text that climbs to the right.
     *
     * @param degrees from the horizontal
     */
    public void climbing(double x, double y, double degrees, double size, int colour, String text) {
        float cos = (float) Math.cos(Math.toRadians(degrees));
        float sin = (float) Math.sin(Math.toRadians(degrees));
        text(new Matrix(cos, -sin, -sin, -cos, (float) x, (float) y), size, false, colour, text);
    }

    private void text(Matrix place, double size, boolean bold, int colour, String text) {
        String shown = file.typeface().shown(text);
        if (shown.isEmpty()) {
            return;
        }
        try {
            if (bold) {
                stroke(BOLDER * size, colour);
            }
            out.beginText();
            out.setTextMatrix(place);
            out.setNonStrokingColor(part(colour, 16), part(colour, 8), part(colour, 0));
            out.setRenderingMode(bold ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
            runs(shown, (float) size);
            out.endText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is in one font, then what is in another. */
    private void runs(String shown, float size) throws IOException {
        int from = 0;
        while (from < shown.length()) {
            int face = file.typeface().face(shown.codePointAt(from));
            int to = from;
            while (to < shown.length() && file.typeface().face(shown.codePointAt(to)) == face) {
                to += Character.charCount(shown.codePointAt(to));
            }
            out.setFont(file.font(face), size);
            out.showText(shown.substring(from, to));
            from = to;
        }
    }

    /** What is drawn from here to {@link #endClip} is cut off outside of a rectangle. */
    public void beginClip(double x, double y, double width, double height) {
        try {
            out.saveGraphicsState();
            out.addRect((float) x, (float) y, (float) width, (float) height);
            out.clip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void endClip() {
        try {
            out.restoreGraphicsState();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

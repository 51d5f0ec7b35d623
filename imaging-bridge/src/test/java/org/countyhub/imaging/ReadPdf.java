package org.countyhub.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Point2D;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.PDFGraphicsStreamEngine;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.jspecify.annotations.Nullable;

/** A PDF file read back. */
public final class ReadPdf implements AutoCloseable {
    private static final double POINTS_OF_A_MILLIMETRE = 72 / 25.4;

    public final PDDocument document;

    public ReadPdf(byte[] file) {
        try {
            document = Loader.loadPDF(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of each page, in the order in which it was written. */
    public List<String> pages() {
        List<String> pages = new ArrayList<>();
        try {
            for (int i = 1; i <= document.getNumberOfPages(); i++) {
                PDFTextStripper stripper = new PDFTextStripper();
                stripper.setStartPage(i);
                stripper.setEndPage(i);
                pages.add(stripper.getText(document));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pages;
    }

    public String text() {
        return String.join("\n", pages());
    }

    /** Without what lines and their ends have changed. */
    public static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }

    /** Millimetres. */
    public double width() {
        return document.getPage(0).getMediaBox().getWidth() / POINTS_OF_A_MILLIMETRE;
    }

    public double height() {
        return document.getPage(0).getMediaBox().getHeight() / POINTS_OF_A_MILLIMETRE;
    }

    /** Every letter is part of the file and says what it means, and nothing in the file does anything. */
    public void checkThatItStandsAlone() {
        try {
            int fonts = 0;
            for (PDPage page : document.getPages()) {
                for (COSName name : page.getResources().getFontNames()) {
                    PDFont font = page.getResources().getFont(name);
                    assertThat(font.isEmbedded()).as(font.getName()).isTrue();
                    assertThat(font.getName()).matches("[A-Z]{6}\\+NotoSans(SC)?-Regular");
                    assertThat(font.getCOSObject().containsKey(COSName.TO_UNICODE))
                            .isTrue();
                    fonts++;
                }
                assertThat(page.getAnnotations()).isEmpty();
                assertThat(page.getActions().getCOSObject().size()).isZero();
            }
            assertThat(fonts).isPositive();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var catalog = document.getDocumentCatalog().getCOSObject();
        for (COSName name : List.of(COSName.OPEN_ACTION, COSName.AA, COSName.NAMES, COSName.ACRO_FORM, COSName.AF)) {
            assertThat(catalog.containsKey(name)).as(name.getName()).isFalse();
        }
    }

    /** Characters that stand upright, where each is, in mm from the upper left corner. */
    public record Letter(int page, String text, double left, double right, double base) {}

    public List<Letter> letters() {
        List<Letter> letters = new ArrayList<>();
        try {
            new PDFTextStripper() {
                @Override
                protected void processTextPosition(TextPosition text) {
                    if (text.getDir() == 0) {
                        double left = text.getXDirAdj() / POINTS_OF_A_MILLIMETRE;
                        letters.add(new Letter(
                                getCurrentPageNo(),
                                text.getUnicode(),
                                left,
                                left + text.getWidthDirAdj() / POINTS_OF_A_MILLIMETRE,
                                text.getYDirAdj() / POINTS_OF_A_MILLIMETRE));
                    }
                }
            }.getText(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return letters;
    }

    /** Lines that are stroked on the first page, each x and y in turn in mm from the upper left corner, with the width of the pen in mm. */
    public record Stroke(double pen, List<Point2D> points) {}

    public List<Stroke> strokes() {
        Strokes strokes = new Strokes(document.getPage(0));
        try {
            strokes.processPage(document.getPage(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return strokes.all;
    }

    private static final class Strokes extends PDFGraphicsStreamEngine {
        final List<Stroke> all = new ArrayList<>();
        private List<List<Point2D>> path = new ArrayList<>();

        Strokes(PDPage page) {
            super(page);
        }

        private void add(double x, double y) {
            path.getLast()
                    .add(new Point2D.Double(
                            x / POINTS_OF_A_MILLIMETRE,
                            (getPage().getMediaBox().getHeight() - y) / POINTS_OF_A_MILLIMETRE));
        }

        @Override
        public void moveTo(float x, float y) {
            path.add(new ArrayList<>());
            add(x, y);
        }

        @Override
        public void lineTo(float x, float y) {
            add(x, y);
        }

        @Override
        public void strokePath() {
            double pen = getGraphicsState().getLineWidth();
            path.forEach(points -> all.add(new Stroke(pen, points)));
            path = new ArrayList<>();
        }

        @Override
        public void endPath() {
            path = new ArrayList<>();
        }

        @Override
        public void appendRectangle(Point2D a, Point2D b, Point2D c, Point2D d) {
            path.add(List.of(a, b, c, d));
        }

        @Override
        public void clip(int windingRule) {}

        @Override
        public void closePath() {}

        @Override
        public @Nullable Point2D getCurrentPoint() {
            return path.isEmpty() ? null : path.getLast().getLast();
        }

        @Override
        public void drawImage(PDImage image) {
            throw new AssertionError("no image is drawn");
        }

        @Override
        public void curveTo(float x1, float y1, float x2, float y2, float x3, float y3) {
            throw new AssertionError("no curve is drawn");
        }

        @Override
        public void fillPath(int windingRule) {
            throw new AssertionError("nothing is filled");
        }

        @Override
        public void fillAndStrokePath(int windingRule) {
            throw new AssertionError("nothing is filled");
        }

        @Override
        public void shadingFill(COSName shading) {
            throw new AssertionError("nothing is shaded");
        }
    }

    @Override
    public void close() {
        try {
            document.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.countyhub.imaging.pdf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.GregorianCalendar;
import java.util.TimeZone;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A PDF file in the making. Of each font only the letters that are used become part of it, with what they mean, so that it looks the same everywhere and
 * can be searched.
 */
public final class PdfFile {
    private static final int WAIT_SECONDS = 20;

    /** One file at a time: the fonts are shared, and a file is in memory as a whole. Each takes some hundredths of a second. */
    private static final Semaphore PRESS = new Semaphore(1, true);

    /** Whoever makes or waits; others are sent away, so that a crowd holds up nothing else. */
    private static final Semaphore ROOM = new Semaphore(17);

    private final PDDocument document;
    private final Typeface typeface;
    private final @Nullable PDFont[] fonts;
    private @Nullable PdfPage last;

    private PdfFile(PDDocument document, Typeface typeface) {
        this.document = document;
        this.typeface = typeface;
        this.fonts = new PDFont[typeface.faces().size()];
    }

    /**
     * What a file says of itself.
     *
     * @param language as BCP 47 names it
     * @param made null where the same drawing is to be the same bytes whenever it is made
     * @param trueSize whether printers are asked to leave its size alone
     */
    public record About(
            String title, String language, @Nullable Instant made, boolean trueSize) {}

    /**
     * Makes a file.
     *
     * @param drawing puts pages in it, one after another
     * @throws org.countyhub.kernel.ProblemException Busy where many others wait
     */
    public static byte[] of(About about, Consumer<PdfFile> drawing) {
        enter();
        try (PDDocument document = new PDDocument()) {
            PdfFile file = new PdfFile(document, Typeface.get());
            try {
                drawing.accept(file);
            } finally {
                file.endPage();
            }
            return file.finished(about);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            leave();
        }
    }

    private static void enter() {
        if (ROOM.tryAcquire()) {
            try {
                if (PRESS.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            ROOM.release();
        }
        throw Problem.busy("too many PDF files are being made", WAIT_SECONDS);
    }

    private static void leave() {
        PRESS.release();
        ROOM.release();
    }

    public Typeface typeface() {
        return typeface;
    }

    /** The next page, of a size in mm. */
    public PdfPage page(double width, double height) {
        endPage();
        PDPage page = new PDPage(new PDRectangle(PdfPage.points(width), PdfPage.points(height)));
        document.addPage(page);
        last = new PdfPage(this, document, page, height);
        return last;
    }

    private void endPage() {
        if (last != null) {
            last.end();
            last = null;
        }
    }

    PDFont font(int face) throws IOException {
        PDFont font = fonts[face];
        if (font == null) {
            font = PDType0Font.load(document, typeface.faces().get(face).font(), true);
            fonts[face] = font;
        }
        return font;
    }

    private byte[] finished(About about) throws IOException {
        var information = document.getDocumentInformation();
        information.setTitle(typeface.shown(about.title()));
        information.setProducer("County hub");
        Instant made = about.made();
        if (made != null) {
            var calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
            calendar.setTimeInMillis(made.toEpochMilli());
            information.setCreationDate(calendar);
        }
        var catalog = document.getDocumentCatalog();
        catalog.setLanguage(about.language());
        PDViewerPreferences preferences = new PDViewerPreferences(new COSDictionary());
        preferences.setDisplayDocTitle(true);
        if (about.trueSize()) {
            preferences.setPrintScaling(PDViewerPreferences.PRINT_SCALING.None);
        }
        catalog.setViewerPreferences(preferences);
        document.setDocumentId(made == null ? 0 : made.toEpochMilli());
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 * 1024);
        document.save(out);
        return out.toByteArray();
    }
}

package org.countyhub.imaging.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.countyhub.imaging.film.FilmReport;
import org.countyhub.imaging.pdf.PdfFile;
import org.countyhub.imaging.render.Language;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** A report as a PDF file on pages of A4. What it says is text and nothing else. */
public final class ReportPdf {
    /** A report of more is no reading matter. */
    private static final int MAX_CHARACTERS = 200_000;

    private static final int MAX_PAGES = 200;

    /**
     * For whom and when it is made.
     *
     * @param watermark drawn pale over each page; empty for none
     * @param zone in which times are told
     */
    public record Copy(String watermark, Language language, ZoneId zone, Instant made) {
        String time(Instant at) {
            return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).format(at.atZone(zone));
        }
    }

    private ReportPdf() {}

    /**
     * Makes the file.
     *
     * @throws org.countyhub.kernel.ProblemException Unprocessable where the report is too long, Busy where many files are being made
     */
    public static byte[] of(FilmReport report, Examination examination, Copy copy) {
        long characters = report.conclusion().length()
                + report.findings().stream().mapToLong(String::length).sum()
                + report.performers().stream().mapToLong(String::length).sum()
                + report.title().length();
        if (characters > MAX_CHARACTERS) {
            throw tooLong();
        }
        Language language = copy.language();
        PdfFile.About about =
                new PdfFile.About(title(report, examination, language), language.tag(), copy.made(), false);
        return PdfFile.of(about, file -> {
            Sheet sheet = new Sheet(file.typeface(), report, examination, copy);
            List<List<Flow.Placed>> pages = sheet.pages();
            if (pages.size() > MAX_PAGES) {
                throw tooLong();
            }
            for (int i = 0; i < pages.size(); i++) {
                sheet.draw(file.page(Sheet.WIDTH, Sheet.HEIGHT), pages.get(i), i + 1, pages.size());
            }
        });
    }

    private static RuntimeException tooLong() {
        return Problem.unprocessable(Fault.of("too-costly", "the report is too long for a PDF"));
    }

    /** As programs show it: it names nobody. */
    private static String title(FilmReport report, Examination examination, Language language) {
        return Sheet.joined(List.of(Term.REPORT.in(language), report.title(), examination.date()));
    }
}

package org.countyhub.imaging.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countyhub.imaging.film.FilmReport;
import org.countyhub.imaging.pdf.PdfPage;
import org.countyhub.imaging.pdf.Typeface;
import org.countyhub.imaging.render.Language;
import org.countyhub.imaging.render.Words;

/** What stands where on the pages of a report: A4, everything in mm. */
final class Sheet {
    static final double WIDTH = 210;
    static final double HEIGHT = 297;

    private static final double LEFT = 20;
    private static final double ROOM = WIDTH - 2 * LEFT;
    private static final double FIRST_TOP = 18;
    /** Below the running head. */
    private static final double TOP = 25;

    private static final double BOTTOM = 272;
    private static final double FOOT = 277;

    private static final double TEXT = 3.8;
    private static final double TEXT_LINE = 6.4;
    private static final double SMALL = 2.8;
    private static final double SMALL_LINE = 4.2;
    /** Of the height of letters: as much is their base line below their middle. */
    private static final double BASE = 0.37;

    private static final double RULE = 0.2;
    private static final int GREY = 0x666666;
    private static final int LIGHT = 0xBBBBBB;
    private static final int PALE = 0xEBEBEB;

    private final Typeface typeface;
    private final FilmReport report;
    private final Examination examination;
    private final ReportPdf.Copy copy;
    private final Language language;
    private final Flow flow = new Flow();

    Sheet(Typeface typeface, FilmReport report, Examination examination, ReportPdf.Copy copy) {
        this.typeface = typeface;
        this.report = report;
        this.examination = examination;
        this.copy = copy;
        this.language = copy.language();
    }

    static String joined(List<String> parts) {
        return parts.stream().filter(part -> !part.isBlank()).collect(Collectors.joining(" · "));
    }

    List<List<Flow.Placed>> pages() {
        centred(examination.institution(), 4.4, 7, false);
        centred(report.title().isBlank() ? Term.REPORT.in(language) : report.title(), 6, 10, true);
        if (!report.title().isBlank()) {
            centred(Term.REPORT.in(language), TEXT, 6, false);
        }
        flow.space(2);
        rule();
        fields();
        rule();
        note();
        body();
        signature();
        return flow.pages(FIRST_TOP, TOP, BOTTOM);
    }

    private void centred(String text, double size, double height, boolean bold) {
        for (String line : typeface.lines(text, size, ROOM)) {
            double x = (WIDTH - typeface.width(line, size)) / 2;
            flow.add(height, (page, top) -> page.text(x, base(top, height, size), size, bold, PdfPage.BLACK, line));
        }
    }

    private static double base(double top, double height, double size) {
        return top + height / 2 + BASE * size;
    }

    private void rule() {
        flow.add(2.4, (page, top) -> rule(page, top + 1.2));
    }

    private static void rule(PdfPage page, double y) {
        page.lines(RULE, LIGHT, List.of(new double[] {LEFT, y, LEFT + ROOM, y}));
    }

    private record Field(Term name, String value) {}

    /** What is known of patient and examination, two in a row. */
    private void fields() {
        List<Field> fields = Stream.of(
                        new Field(Term.NAME, examination.patient()),
                        new Field(Term.SEX, Words.sex(examination.sex(), language)),
                        new Field(Term.AGE, Words.age(examination.age(), language)),
                        new Field(Term.BORN, examination.birthDate()),
                        new Field(Term.EXAMINED, examination.date()),
                        new Field(Term.MODALITY, String.join(" / ", examination.modalities())),
                        new Field(Term.ACCESSION, examination.accession()),
                        new Field(Term.STATUS, status()))
                .filter(field -> !typeface.shown(field.value()).isBlank())
                .toList();
        double column = ROOM / 2;
        for (int i = 0; i < fields.size(); i += 2) {
            List<Field> row = fields.subList(i, Math.min(i + 2, fields.size()));
            List<List<String>> cells = row.stream()
                    .map(field -> typeface.lines(field.value(), TEXT, column - 2 - label(field)))
                    .toList();
            int lines = cells.stream().mapToInt(List::size).max().orElse(0);
            for (int line = 0; line < lines; line++) {
                int number = line;
                flow.add(TEXT_LINE, (page, top) -> {
                    double y = base(top, TEXT_LINE, TEXT);
                    for (int cell = 0; cell < row.size(); cell++) {
                        double x = LEFT + cell * column;
                        if (number == 0) {
                            page.text(x, y, TEXT, false, GREY, name(row.get(cell)));
                        }
                        if (number < cells.get(cell).size()) {
                            String value = cells.get(cell).get(number);
                            page.text(x + label(row.get(cell)), y, TEXT, false, PdfPage.BLACK, value);
                        }
                    }
                });
            }
        }
    }

    private String name(Field field) {
        return field.name().in(language) + language.of(": ", "：");
    }

    private double label(Field field) {
        return typeface.width(name(field), TEXT);
    }

    private String status() {
        return switch (report.status()) {
            case "final" -> Term.FINAL.in(language);
            case "amended" -> Term.AMENDED.in(language);
            case "corrected" -> Term.CORRECTED.in(language);
            case "appended" -> Term.APPENDED.in(language);
            default -> report.status();
        };
    }

    /** That it is not the report as it was first issued, in a frame. */
    private void note() {
        String note =
                switch (report.status()) {
                    case "amended" -> Term.AMENDED_NOTE.in(language);
                    case "corrected" -> Term.CORRECTED_NOTE.in(language);
                    case "appended" -> Term.APPENDED_NOTE.in(language);
                    default -> "";
                };
        List<String> lines = typeface.lines(note, TEXT, ROOM - 8);
        if (lines.isEmpty()) {
            return;
        }
        double height = lines.size() * TEXT_LINE + 3;
        flow.space(1.5);
        flow.add(height, (page, top) -> {
            double right = LEFT + ROOM;
            page.lines(2 * RULE, PdfPage.BLACK, List.of(new double[] {
                LEFT, top, right, top, right, top + height, LEFT, top + height, LEFT, top
            }));
            for (int i = 0; i < lines.size(); i++) {
                double y = base(top + 1.5 + i * TEXT_LINE, TEXT_LINE, TEXT);
                page.text(LEFT + 4, y, TEXT, true, PdfPage.BLACK, lines.get(i));
            }
        });
    }

    private void body() {
        boolean isEmpty = true;
        isEmpty &= !section(Term.TEXT, report.findings());
        isEmpty &= !section(Term.CONCLUSION, report.conclusion().lines().toList());
        if (isEmpty) {
            flow.space(4);
            paragraph(Term.NO_TEXT.in(language), GREY);
        }
        if (report.documents() > 0) {
            flow.space(2);
            paragraph(Term.DOCUMENTS.in(language), GREY);
        }
    }

    /** Whether there was anything to say. */
    private boolean section(Term heading, List<String> paragraphs) {
        List<String> some = paragraphs.stream()
                .filter(paragraph -> !typeface.shown(paragraph).isBlank())
                .toList();
        if (some.isEmpty()) {
            return false;
        }
        flow.space(3);
        flow.join(8, (page, top) -> page.text(LEFT, base(top, 8, 4.2), 4.2, true, PdfPage.BLACK, heading.in(language)));
        some.forEach(paragraph -> paragraph(paragraph, PdfPage.BLACK));
        return true;
    }

    private void paragraph(String text, int colour) {
        for (String line : typeface.lines(text, TEXT, ROOM)) {
            flow.add(TEXT_LINE, (page, top) -> page.text(LEFT, base(top, TEXT_LINE, TEXT), TEXT, false, colour, line));
        }
        flow.space(1);
    }

    /** Who answers for it and since when; and what could not be written. */
    private void signature() {
        flow.space(3);
        String performers = String.join(language.of(", ", "、"), report.performers());
        if (!performers.isBlank()) {
            paragraph(Term.PERFORMERS.in(language) + language.of(": ", "：") + performers, PdfPage.BLACK);
        }
        var issued = report.issued();
        if (issued != null) {
            paragraph(Term.ISSUED.in(language) + language.of(": ", "：") + copy.time(issued), PdfPage.BLACK);
        }
        List<String> missing = typeface.missing(String.join(
                "\n",
                Stream.of(
                                List.of(report.title(), report.conclusion(), examination.patient()),
                                report.findings(),
                                report.performers())
                        .flatMap(List::stream)
                        .toList()));
        if (!missing.isEmpty()) {
            paragraph(Term.MISSING.in(language) + String.join(language.of(", ", "、"), missing), GREY);
        }
    }

    /**
     * Draws a page.
     *
     * @param number from 1 on
     */
    void draw(PdfPage page, List<Flow.Placed> lines, int number, int of) {
        watermark(page);
        if (number > 1) {
            String head = joined(List.of(examination.patient(), report.title(), examination.date()));
            page.text(LEFT, 17, SMALL, false, GREY, typeface.within(head, SMALL, ROOM));
            rule(page, 20);
        }
        lines.forEach(line -> line.drawing().on(page, line.top()));
        foot(page, number + "/" + of);
    }

    private void foot(PdfPage page, String number) {
        rule(page, FOOT);
        double right = typeface.width(number, SMALL);
        page.text(LEFT + ROOM - right, base(FOOT + 1, SMALL_LINE, SMALL), SMALL, false, GREY, number);
        String made = copy.time(copy.made()) + " (" + copy.zone().getId() + ")";
        String origin = Term.COPY.in(language).formatted(made);
        double y = FOOT + 1;
        for (String line : typeface.lines(origin, SMALL, ROOM - 20)) {
            page.text(LEFT, base(y, SMALL_LINE, SMALL), SMALL, false, GREY, line);
            y += SMALL_LINE;
        }
    }

    /** Thrice, climbing; as large as it fits, and drawn first, so that all text stays readable. */
    private void watermark(PdfPage page) {
        String text = typeface.shown(copy.watermark()).strip();
        if (text.isEmpty()) {
            return;
        }
        double length = typeface.width(text, 1);
        double size = Math.min(14, 170 / length);
        double half = size * length / 2;
        double cos = Math.cos(Math.toRadians(30));
        double sin = Math.sin(Math.toRadians(30));
        for (double y : new double[] {70, 150, 230}) {
            page.climbing(WIDTH / 2 - half * cos, y + half * sin, 30, size, PALE, text);
        }
    }
}

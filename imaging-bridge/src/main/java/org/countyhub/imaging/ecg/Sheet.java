package org.countyhub.imaging.ecg;

import java.util.ArrayList;
import java.util.List;
import org.countyhub.imaging.ecg.Canvas.Pen;
import org.countyhub.imaging.render.Language;
import org.jspecify.annotations.Nullable;

/**
 * Puts a recording on a page of A4 across, in real millimetres: heading, grid, a calibration pulse and leads in each row, and below what the scales and
 * filters are. A page with more leads than have room is as high as they need.
 */
final class Sheet {
    static final double PAGE_WIDTH = 297;
    private static final double PAGE_HEIGHT = 210;
    static final double GRID_X = 11;
    static final double GRID_Y = 46;
    static final double GRID_WIDTH = 275;
    private static final double GRID_HEIGHT = 150;
    /** Of the calibration pulses, left of the traces. */
    private static final double PULSE_ROOM = 15;

    static final double TRACE_X = GRID_X + PULSE_ROOM;
    private static final double LEAST_ROW = 10;

    private static final double PULSE_MILLIVOLTS = 1;
    private static final double PULSE_SECONDS = 0.2;

    private static final double SMALL = 3;

    private final Recording recording;
    private final Heading heading;
    private final Presentation wanted;
    private final Layout layout;
    private final int rows;
    private final double rowHeight;
    private final double gridHeight;
    /** Of the first row, below the upper edge of the grid: its pulse has room. */
    private final double firstBaseline;

    private final double pitch;

    Sheet(Recording recording, Heading heading, Presentation wanted) {
        this.recording = recording;
        this.heading = heading;
        this.wanted = wanted;
        this.layout = wanted.layout() == null ? Layout.usual(recording.leads()) : wanted.layout();
        this.rows = layout.rows(recording.leads().size());
        this.rowHeight = Math.max(LEAST_ROW, Math.floor(GRID_HEIGHT / rows));
        this.gridHeight = Math.max(GRID_HEIGHT, 5 * Math.ceil(rows * rowHeight / 5));
        double middle = Math.ceil(rowHeight / 2);
        this.firstBaseline = Math.max(
                Math.floor((gridHeight - rows * rowHeight) / 2) + middle, PULSE_MILLIVOLTS * wanted.gain() + 1);
        this.pitch =
                rows == 1 ? 0 : Math.min(rowHeight, Math.floor((gridHeight - firstBaseline - middle) / (rows - 1)));
    }

    Layout layout() {
        return layout;
    }

    double height() {
        return PAGE_HEIGHT + gridHeight - GRID_HEIGHT;
    }

    double gridHeight() {
        return gridHeight;
    }

    /** On a line of the grid. */
    private double baseline(int row) {
        return GRID_Y + firstBaseline + row * pitch;
    }

    void draw(Canvas canvas) {
        head(canvas);
        grid(canvas);
        canvas.beginClip(GRID_X, GRID_Y, GRID_WIDTH, gridHeight);
        for (int row = 0; row < rows; row++) {
            canvas.calibration(pulse(baseline(row)));
        }
        boolean leaves = false;
        for (Layout.Cell cell : layout.cells(recording.leads())) {
            leaves |= lead(canvas, cell);
        }
        canvas.endClip();
        foot(canvas, leaves);
    }

    private void head(Canvas canvas) {
        Language language = wanted.language();
        canvas.text(GRID_X, 13, 4.5, true, Text.within(heading.name(), 4.5, GRID_WIDTH));
        double y = 13;
        for (List<String> parts : List.of(heading.patient(), heading.origin())) {
            for (String line : Text.lines(parts, "  ·  ", SMALL, GRID_WIDTH, 1)) {
                canvas.text(GRID_X, y += 5, SMALL, false, line);
            }
        }
        Annotations said = heading.annotations();
        y += 6;
        String measured =
                said.measurements().isEmpty() ? Term.NOT_MEASURED.in(language) : Term.MEASURED.in(language) + ":  ";
        List<String> parts = new ArrayList<>(said.measurements());
        if (parts.isEmpty()) {
            canvas.text(GRID_X, y, SMALL, false, measured);
        } else {
            parts.set(0, measured + parts.getFirst());
            for (String line : Text.lines(parts, "   ", SMALL, GRID_WIDTH, 2)) {
                canvas.text(GRID_X, y, SMALL, false, line);
                y += 4.5;
            }
            y -= 4.5;
        }
        List<String> statements = new ArrayList<>(said.statements());
        if (!statements.isEmpty()) {
            statements.set(0, Term.STATEMENTS.in(language) + ":  " + statements.getFirst());
            int room = (int) Math.floor((GRID_Y - 2 - y) / 4.5);
            for (String line : Text.lines(statements, ";  ", SMALL, GRID_WIDTH, room)) {
                canvas.text(GRID_X, y += 4.5, SMALL, false, line);
            }
        }
    }

    private void grid(Canvas canvas) {
        List<double[]> fine = new ArrayList<>();
        List<double[]> coarse = new ArrayList<>();
        for (int x = 0; x <= GRID_WIDTH; x++) {
            (x % 5 == 0 ? coarse : fine).add(new double[] {GRID_X + x, GRID_Y, GRID_X + x, GRID_Y + gridHeight});
        }
        for (int y = 0; y <= gridHeight; y++) {
            (y % 5 == 0 ? coarse : fine).add(new double[] {GRID_X, GRID_Y + y, GRID_X + GRID_WIDTH, GRID_Y + y});
        }
        canvas.lines(Pen.MILLIMETRES, fine);
        canvas.lines(Pen.FIVE_MILLIMETRES, coarse);
    }

    /** 1 mV for 200 ms, in the scales of the traces. */
    private double[] pulse(double baseline) {
        double width = PULSE_SECONDS * wanted.speed();
        double top = baseline - PULSE_MILLIVOLTS * wanted.gain();
        double x = GRID_X + Math.floor((PULSE_ROOM - width) / 2);
        return new double[] {
            x - 1, baseline, x, baseline, x, top, x + width, top, x + width, baseline, x + width + 1, baseline
        };
    }

    /** Whether it leaves the grid. */
    private boolean lead(Canvas canvas, Layout.Cell cell) {
        double baseline = baseline(cell.row());
        double from = recording.offset() + cell.from() * recording.seconds();
        double to = recording.offset() + cell.to() * recording.seconds();
        double x = TRACE_X + (from - recording.offset()) * wanted.speed();
        List<int[]> segments =
                new Trace(cell.lead(), x, baseline, wanted.speed(), wanted.gain()).between(from, from, to);
        canvas.trace(new Canvas.Placed(cell.lead().name(), x, baseline, from, to), segments);
        if (cell.from() > 0) {
            canvas.lines(Pen.TRACE, List.of(new double[] {x, baseline - 3, x, baseline - 1}, new double[] {
                x, baseline + 1, x, baseline + 3
            }));
        }
        String status = Text.shown(cell.lead().status());
        canvas.text(
                x + 1,
                baseline - Math.min(rowHeight / 2, 12) + 3,
                3.4,
                true,
                Text.shown(cell.lead().name()) + (status.isEmpty() ? "" : " (" + status + ")"));
        return segments.stream().anyMatch(this::leaves);
    }

    private boolean leaves(int[] points) {
        for (int i = 1; i < points.length; i += 2) {
            if (points[i] < GRID_Y * 1_000 || points[i] > (GRID_Y + gridHeight) * 1_000) {
                return true;
            }
        }
        return false;
    }

    private void foot(Canvas canvas, boolean leaves) {
        Language language = wanted.language();
        double y = GRID_Y + gridHeight + 4.5;
        String scales = Text.number(wanted.speed()) + " mm/s   " + Text.number(wanted.gain()) + " mm/mV";
        canvas.text(GRID_X, y, 3.4, true, scales);
        List<String> parts = new ArrayList<>();
        parts.add(filters());
        parts.add(Text.number(recording.offset()) + "–" + Text.number(recording.offset() + recording.seconds()) + " s "
                + Term.SECONDS_OF.in(language) + " " + Text.number(recording.total()) + " s");
        if (!recording.label().isEmpty()) {
            parts.add(Text.shown(recording.label()));
        }
        if (layout.columns() > 1) {
            parts.add(Term.NOT_SIMULTANEOUS.in(language));
        }
        double room = GRID_WIDTH - 48;
        Text.lines(parts, "  ·  ", SMALL, room, 1).forEach(line -> canvas.text(GRID_X + 48, y, SMALL, false, line));
        if (leaves) {
            canvas.text(GRID_X, y + 4.5, SMALL, true, Term.LEAVES.in(language));
        }
    }

    /** What was filtered out before, as far as it is stated. */
    String filters() {
        Language language = wanted.language();
        List<Filters> different =
                recording.leads().stream().map(Lead::filters).distinct().toList();
        String filters = Term.FILTERS.in(language) + ": ";
        if (different.size() > 1) {
            return filters + Term.DIFFERENT.in(language);
        }
        Filters all = different.getFirst();
        Double notch = all.notch();
        return filters + Term.LOW_CUT.in(language) + " " + hertz(all.low()) + ", " + Term.HIGH_CUT.in(language) + " "
                + hertz(all.high()) + ", " + Term.NOTCH.in(language) + " "
                + (notch != null && notch == 0 ? Term.OFF.in(language) : hertz(notch));
    }

    private String hertz(@Nullable Double frequency) {
        return frequency == null ? Term.NOT_STATED.in(wanted.language()) : Text.number(frequency) + " Hz";
    }

    String title() {
        return Term.ECG.in(wanted.language()) + (heading.name().isEmpty() ? "" : " · " + heading.name());
    }

    /** What is to be seen, for those who do not see it. */
    String description() {
        Language language = wanted.language();
        String leads = String.join(
                ", ",
                recording.leads().stream().map(lead -> Text.shown(lead.name())).toList());
        return String.join("; ", heading.patient()) + ". " + String.join("; ", heading.origin()) + ". "
                + Term.LEADS.in(language) + ": " + leads + ". "
                + Term.SPEED.in(language) + " " + Text.number(wanted.speed()) + " mm/s, " + Term.GAIN.in(language) + " "
                + Text.number(wanted.gain()) + " mm/mV, " + Term.CALIBRATION.in(language) + ". " + filters() + ". "
                + String.join("; ", heading.annotations().measurements());
    }
}

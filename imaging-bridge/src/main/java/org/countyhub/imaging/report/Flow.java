package org.countyhub.imaging.report;

import java.util.ArrayList;
import java.util.List;
import org.countyhub.imaging.pdf.PdfPage;

/** Lines that follow one another down the pages. */
final class Flow {
    /** Draws a line below a height of the page, in mm. */
    @FunctionalInterface
    interface Drawing {
        void on(PdfPage page, double top);
    }

    /** Where a line has come to stand. */
    record Placed(double top, Drawing drawing) {}

    /**
     * A line.
     *
     * @param joined to the line after it: never the last one of a page
     * @param empty of which nothing is left where a page ends
     */
    private record Line(double height, boolean joined, boolean empty, Drawing drawing) {}

    private final List<Line> lines = new ArrayList<>();

    void add(double height, Drawing drawing) {
        lines.add(new Line(height, false, false, drawing));
    }

    /** A line that stands on the page of the one after it, such as a heading. */
    void join(double height, Drawing drawing) {
        lines.add(new Line(height, true, false, drawing));
    }

    void space(double height) {
        lines.add(new Line(height, false, true, (page, top) -> {}));
    }

    /**
     * The lines of each page.
     *
     * @param first where lines begin on the first page
     * @param other where they begin on the others
     * @param bottom where they end
     */
    List<List<Placed>> pages(double first, double other, double bottom) {
        List<List<Placed>> pages = new ArrayList<>();
        List<Placed> page = new ArrayList<>();
        pages.add(page);
        double y = first;
        int from = 0;
        while (from < lines.size()) {
            int to = from;
            double height = lines.get(to).height();
            while (lines.get(to).joined() && to + 1 < lines.size()) {
                to++;
                height += lines.get(to).height();
            }
            if (lines.get(from).empty() && (y + height > bottom || page.isEmpty())) {
                from++;
                continue;
            }
            if (y + height > bottom && !page.isEmpty()) {
                page = new ArrayList<>();
                pages.add(page);
                y = other;
            }
            for (Line line : lines.subList(from, to + 1)) {
                page.add(new Placed(y, line.drawing()));
                y += line.height();
            }
            from = to + 1;
        }
        return pages;
    }
}

package org.countyhub.imaging.ecg;

import java.util.List;
import java.util.Locale;

/**
 * A drawing as SVG 1.1 in a view box of millimetres. There is no script, no style and no address in it, and what comes from a recording is text or
 * the value of an attribute and nothing else, so that it may be shown under the strictest policy of a page.
 */
final class SvgCanvas implements Canvas {
    private static final String CLIP = "ecg-grid";

    private final StringBuilder out = new StringBuilder(256 * 1024);

    /** Begins a drawing; attributes beginning with {@code data-} say its scales to programs. */
    SvgCanvas(Sheet sheet, Recording recording, Presentation wanted) {
        String width = Text.number(Sheet.PAGE_WIDTH);
        String height = Text.number(sheet.height());
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"");
        attribute("xml:lang", wanted.language().name().toLowerCase(Locale.ROOT));
        attribute("width", width + "mm");
        attribute("height", height + "mm");
        attribute("viewBox", "0 0 " + width + " " + height);
        attribute("font-family", "Noto Sans, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, Arial, sans-serif");
        attribute("data-layout", sheet.layout().code());
        attribute("data-speed", Text.number(wanted.speed()));
        attribute("data-gain", Text.number(wanted.gain()));
        attribute("data-offset", Text.number(recording.offset()));
        attribute("data-seconds", Text.number(recording.seconds()));
        attribute("data-total", Text.number(recording.total()));
        attribute(
                "data-grid",
                Text.number(Sheet.GRID_X) + " " + Text.number(Sheet.GRID_Y) + " " + Text.number(Sheet.GRID_WIDTH) + " "
                        + Text.number(sheet.gridHeight()));
        out.append(">\n<title>");
        escape(sheet.title());
        out.append("</title>\n<desc>");
        escape(sheet.description());
        out.append("</desc>\n<rect");
        attribute("width", width);
        attribute("height", height);
        out.append(" fill=\"#fff\"/>\n");
    }

    /** The whole drawing, to be sent in UTF-8. */
    String finished() {
        return out.append("</svg>\n").toString();
    }

    @Override
    public void lines(Pen pen, List<double[]> lines) {
        out.append("<path d=\"");
        for (double[] line : lines) {
            path(line);
        }
        out.append('"');
        pen(pen, pen.width);
        out.append("/>\n");
    }

    private void path(double[] line) {
        for (int i = 0; i < line.length; i += 2) {
            out.append(i == 0 ? 'M' : 'L')
                    .append(Text.number(line[i]))
                    .append(' ')
                    .append(Text.number(line[i + 1]));
        }
    }

    private void pen(Pen pen, double width) {
        attribute("fill", "none");
        attribute("stroke", "#%06x".formatted(pen.colour));
        attribute("stroke-width", Text.number(width));
    }

    @Override
    public void text(double x, double y, double size, boolean bold, String text) {
        out.append("<text");
        attribute("x", Text.number(x));
        attribute("y", Text.number(y));
        attribute("font-size", Text.number(size));
        if (bold) {
            attribute("font-weight", "bold");
        }
        attribute("xml:space", "preserve");
        out.append('>');
        escape(text);
        out.append("</text>\n");
    }

    @Override
    public void beginClip(double x, double y, double width, double height) {
        out.append("<clipPath id=\"").append(CLIP).append("\"><rect");
        attribute("x", Text.number(x));
        attribute("y", Text.number(y));
        attribute("width", Text.number(width));
        attribute("height", Text.number(height));
        out.append("/></clipPath>\n<g clip-path=\"url(#").append(CLIP).append(")\">\n");
    }

    @Override
    public void endClip() {
        out.append("</g>\n");
    }

    @Override
    public void calibration(double[] line) {
        out.append("<path data-calibration=\"1 mV, 200 ms\" d=\"");
        path(line);
        out.append('"');
        pen(Pen.TRACE, Pen.TRACE.width);
        out.append("/>\n");
    }

    /** In whole micrometres, each point from the one before it: exact, and a third as long. */
    @Override
    public void trace(Placed placed, List<int[]> segments) {
        out.append("<path");
        attribute("data-lead", placed.lead());
        attribute("data-x", Text.number(placed.x()));
        attribute("data-baseline", Text.number(placed.baseline()));
        attribute("data-from", Text.number(placed.from()));
        attribute("data-to", Text.number(placed.to()));
        attribute("transform", "scale(.001)");
        out.append(" d=\"");
        for (int[] points : segments) {
            out.append('M').append(points[0]).append(' ').append(points[1]).append('l');
            if (points.length == 2) {
                out.append("0 0"); // a sample between gaps is a dot
            }
            for (int i = 2; i < points.length; i += 2) {
                int dy = points[i + 1] - points[i - 1];
                out.append(i == 2 ? "" : " ")
                        .append(points[i] - points[i - 2])
                        .append(dy < 0 ? "" : " ")
                        .append(dy);
            }
        }
        out.append('"');
        pen(Pen.TRACE, 1_000 * Pen.TRACE.width);
        attribute("stroke-linejoin", "round");
        attribute("stroke-linecap", "round");
        out.append("/>\n");
    }

    private void attribute(String name, String value) {
        out.append(' ').append(name).append("=\"");
        escape(value);
        out.append('"');
    }

    private void escape(String text) {
        text.codePoints().filter(Text::isShown).forEach(character -> {
            switch (character) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(character);
            }
        });
    }
}

package org.countyhub.imaging.ecg;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A drawing read back by a parser of XML that is not ours: what a browser is given. */
record Drawing(Document document) {
    private static final Pattern STEP = Pattern.compile("M(-?\\d+) (-?\\d+)l|(-?\\d+) ?(-?\\d+)");

    static Drawing parse(String svg) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return new Drawing(factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg))));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    Element root() {
        return document.getDocumentElement();
    }

    /** Elements of any name: {@code *}. */
    List<Element> elements(String name) {
        NodeList all = document.getElementsByTagNameNS("http://www.w3.org/2000/svg", name);
        return IntStream.range(0, all.getLength())
                .mapToObj(i -> (Element) all.item(i))
                .toList();
    }

    String text() {
        return root().getTextContent();
    }

    /** A point in mm. */
    record Point(double x, double y) {}

    /** What is drawn of a lead, in mm. */
    record Line(Element element, List<List<Point>> segments) {
        double number(String attribute) {
            return Double.parseDouble(element.getAttribute(attribute));
        }

        String lead() {
            return element.getAttribute("data-lead");
        }

        List<Point> points() {
            return segments.stream().flatMap(List::stream).toList();
        }
    }

    List<Line> leads() {
        return elements("path").stream()
                .filter(path -> path.hasAttribute("data-lead"))
                .map(path -> new Line(path, segments(path)))
                .toList();
    }

    private static List<List<Point>> segments(Element path) {
        if (!path.getAttribute("transform").equals("scale(.001)")) {
            throw new AssertionError("a trace is in micrometres");
        }
        List<List<Point>> segments = new ArrayList<>();
        Matcher steps = STEP.matcher(path.getAttribute("d"));
        long x = 0;
        long y = 0;
        while (steps.find()) {
            if (steps.group(1) != null) {
                x = Long.parseLong(steps.group(1));
                y = Long.parseLong(steps.group(2));
                segments.add(new ArrayList<>());
            } else {
                x += Long.parseLong(steps.group(3));
                y += Long.parseLong(steps.group(4));
            }
            segments.getLast().add(new Point(x / 1e3, y / 1e3));
        }
        return segments;
    }

    /** Points of a path of absolute coordinates. */
    static List<Point> absolute(Element path) {
        List<Point> points = new ArrayList<>();
        Matcher steps = Pattern.compile("[ML](-?[\\d.]+) (-?[\\d.]+)").matcher(path.getAttribute("d"));
        while (steps.find()) {
            points.add(new Point(Double.parseDouble(steps.group(1)), Double.parseDouble(steps.group(2))));
        }
        return points;
    }
}

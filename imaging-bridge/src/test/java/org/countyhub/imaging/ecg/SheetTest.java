package org.countyhub.imaging.ecg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Point2D;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countyhub.imaging.ReadPdf;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.ecg.Drawing.Point;
import org.countyhub.imaging.render.Language;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/** What stands on the page around the traces. */
class SheetTest {
    private static final Dataset SAMPLE = Ecgs.sample();

    @Test
    void aMillimetreIsAMillimetre() {
        Element root = Ecgs.draw(SAMPLE, Presentation.USUAL).root();
        assertThat(root.getAttribute("width")).isEqualTo("297mm");
        assertThat(root.getAttribute("height")).isEqualTo("210mm");
        assertThat(root.getAttribute("viewBox")).isEqualTo("0 0 297 210");
    }

    @Test
    void eachRowHasItsCalibrationPulse() {
        for (Layout layout : Layout.values()) {
            for (double speed : new double[] {12.5, 25, 50}) {
                for (double gain : new double[] {5, 10, 20}) {
                    Drawing drawing = Ecgs.draw(SAMPLE, Ecgs.with(layout, speed, gain));
                    List<List<Point>> pulses = drawing.elements("path").stream()
                            .filter(path -> path.hasAttribute("data-calibration"))
                            .map(Drawing::absolute)
                            .toList();
                    assertThat(pulses).hasSize(layout.rows(12));
                    Set<Double> baselines = drawing.leads().stream()
                            .map(line -> line.number("data-baseline"))
                            .collect(Collectors.toSet());
                    for (List<Point> pulse : pulses) {
                        assertThat(pulse.get(3).x() - pulse.get(2).x()).isEqualTo(speed / 5);
                        assertThat(pulse.get(1).y() - pulse.get(2).y()).isEqualTo(gain);
                        assertThat(pulse.get(4).y() - pulse.get(3).y()).isEqualTo(gain);
                        assertThat(baselines).contains(pulse.getFirst().y());
                        assertThat(pulse.getLast().x()).isLessThanOrEqualTo(26);
                        assertThat(pulse).allMatch(point -> point.y() > 46 && point.y() < 196);
                    }
                }
            }
        }
        List<Point> usual = Ecgs.draw(SAMPLE, Presentation.USUAL).elements("path").stream()
                .filter(path -> path.hasAttribute("data-calibration"))
                .map(Drawing::absolute)
                .findFirst()
                .orElseThrow();
        assertThat(usual.get(3).x() - usual.get(2).x()).isEqualTo(5);
        assertThat(usual.get(1).y() - usual.get(2).y()).isEqualTo(10);
    }

    @Test
    void gridLinesAreAMillimetreApart() {
        List<Element> paths = Ecgs.draw(SAMPLE, Presentation.USUAL).elements("path");
        List<Double> all = Stream.of(paths.get(0), paths.get(1))
                .flatMap(path -> Drawing.absolute(path).stream())
                .map(Point::x)
                .distinct()
                .sorted()
                .toList();
        assertThat(all).hasSize(276);
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i)).isEqualTo(11 + i);
        }
        assertThat(Drawing.absolute(paths.get(1)).stream().map(Point::y).distinct())
                .allMatch(y -> (y - 46) % 5 == 0);
    }

    @Test
    void scalesFiltersAndTimeAreNamed() {
        assertThat(Ecgs.draw(SAMPLE, Presentation.USUAL).text())
                .contains("25 mm/s   10 mm/mV")
                .contains("Filters: high-pass 0.05 Hz, low-pass 300 Hz, notch off")
                .contains("0–10 s of 10 s");
        assertThat(Ecgs.draw(SAMPLE, Ecgs.with(Layout.SIX_BY_TWO, 12.5, 20)).text())
                .contains("12.5 mm/s   20 mm/mV");
        assertThat(Ecgs.draw(Ecgs.one("II", (short) 1, (short) 2), Presentation.USUAL)
                        .text())
                .contains("Filters: high-pass not stated, low-pass not stated, notch not stated");
        Dataset different = Ecgs.of(Ecgs.group(
                                List.of(
                                        Ecgs.channel("I")
                                                .set(Tag.FilterLowFrequency, Vr.DS, "0.05")
                                                .build(),
                                        Ecgs.channel("II")
                                                .set(Tag.FilterLowFrequency, Vr.DS, "0.5")
                                                .build()),
                                (short) 0,
                                (short) 0)
                        .build())
                .build();
        assertThat(Ecgs.draw(different, Presentation.USUAL).text()).contains("Filters: differ between leads");
    }

    @Test
    void whoseItIsAndWhatTheDeviceSaysStandsAbove() {
        assertThat(Ecgs.draw(SAMPLE, Presentation.USUAL).text())
                .contains("Anonymous")
                .contains("ID 642341  ·  female  ·  42 years  ·  born 1971-01-23")
                .contains("Recorded 2013-01-25 10:59:19")
                .contains("Stated by the device:  Heart rate 61 /min (from RR)   PR 161 ms   QRS 75 ms   QT 368 ms"
                        + "   QTc 370 ms   P axis 74°   QRS axis 52°   T axis 57°   RR 982 ms")
                .contains("Statements of the device, not a diagnosis:  RITMO SINUSALE;  ECG NORMALE");
        Presentation chinese = new Presentation(null, 25, 10, 0, 0, Language.ZH);
        assertThat(Ecgs.draw(SAMPLE, chinese).text())
                .contains("编号 642341  ·  女  ·  42 岁  ·  出生 1971-01-23")
                .contains("设备给出:  心率 61 /min (由 RR 换算)")
                .contains("滤波: 高通 0.05 Hz, 低通 300 Hz, 陷波 关");
    }

    @Test
    void anotherNumberInTheRecordingIsToldOf() throws Exception {
        String svg = Electrocardiogram.read(SAMPLE, "KEPT", Presentation.USUAL, Ecgs.NOTHING_LARGE)
                .svg();
        assertThat(Drawing.parse(svg).text()).contains("ID KEPT  ·  ID in the recording 642341");
    }

    @Test
    void whatARecordingSaysIsTextAndNothingElse() {
        String script = "<script>alert(1)</script>";
        String attribute = "\" onload=\"x\u0001\u202E]]>&#x3c;";
        Dataset dataset = Ecgs.of(Ecgs.group(List.of(Ecgs.channel("<b>&\"'").build()), (short) 0, (short) 1)
                        .set(Tag.MultiplexGroupLabel, Vr.SH, "</svg><svg>")
                        .build())
                .set(Tag.PatientName, Vr.PN, script + attribute)
                .set(Tag.PatientSex, Vr.CS, "\"><A>")
                .set(Tag.InstitutionName, Vr.LO, "<style>*{}</style>")
                .set(
                        Tag.WaveformAnnotationSequence,
                        List.of(Dataset.builder()
                                .set(Tag.UnformattedTextValue, Vr.ST, "<image href='x'/>")
                                .build()))
                .build();
        Drawing drawing = Ecgs.draw(dataset, Presentation.USUAL);
        assertThat(drawing.text())
                .contains(script)
                .contains("<image href='x'/>")
                .contains("<style>");
        assertThat(drawing.elements("*").stream().map(Element::getLocalName).distinct())
                .isSubsetOf("svg", "title", "desc", "rect", "path", "text", "g", "clipPath");
        for (Element element : drawing.elements("*")) {
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                Attr attr = (Attr) element.getAttributes().item(i);
                assertThat(attr.getName())
                        .doesNotStartWith("on")
                        .isNotEqualTo("style")
                        .doesNotContain("href");
            }
        }
        assertThat(drawing.text().codePoints()).noneMatch(c -> c == 0x202E || c == 1);
    }

    @Test
    void aTraceThatLeavesTheDrawingIsToldOf() {
        assertThat(Ecgs.draw(Ecgs.one("II", (short) 0, (short) 30_000), Presentation.USUAL)
                        .text())
                .contains("A trace leaves the drawing");
        assertThat(Ecgs.draw(SAMPLE, Presentation.USUAL).text()).doesNotContain("A trace leaves");
    }

    @Test
    void channelsThatAreNotInOrderAreMarked() {
        Dataset dataset = Ecgs.of(Ecgs.group(
                                List.of(Ecgs.channel("V1")
                                        .set(Tag.ChannelStatus, Vr.CS, "OK", "DISCONNECTED")
                                        .build()),
                                (short) 0,
                                (short) 1)
                        .build())
                .build();
        assertThat(Ecgs.draw(dataset, Presentation.USUAL).text()).contains("V1 (DISCONNECTED)");
    }

    @Test
    void aPageGrowsWithItsLeads() {
        Dataset[] channels = new Dataset[30];
        for (int i = 0; i < channels.length; i++) {
            channels[i] = Ecgs.channel("E" + i).build();
        }
        Dataset dataset =
                Ecgs.of(Ecgs.group(List.of(channels), new short[60]).build()).build();
        Element root =
                Ecgs.draw(dataset, Ecgs.with(Layout.TWELVE_BY_ONE, 25, 10)).root();
        assertThat(root.getAttribute("viewBox")).isEqualTo("0 0 297 360");
    }

    private static Dataset chinese() {
        return SAMPLE.inUtf8().toBuilder()
                .set(Tag.PatientName, Vr.PN, "Zhang^San=张^喆𬭎)(")
                .set(Tag.InstitutionName, Vr.LO, "县人民医院")
                .build();
    }

    @Test
    void aPdfIsOfOnePageInRealSize() {
        Presentation wanted = new Presentation(null, 25, 10, 0, 0, Language.ZH);
        try (ReadPdf read = new ReadPdf(Ecgs.read(chinese(), wanted).pdf())) {
            assertThat(read.pages()).hasSize(1);
            assertThat(read.width()).isCloseTo(297, within(0.001));
            assertThat(read.height()).isCloseTo(210, within(0.001));
            var catalog = read.document.getDocumentCatalog();
            assertThat(catalog.getViewerPreferences().getPrintScaling()).isEqualTo("None");
            assertThat(catalog.getLanguage()).isEqualTo("zh-CN");
            assertThat(read.document.getDocumentInformation().getTitle()).isEqualTo("心电图 · Zhang San = 张 喆𬭎)(");
        }
    }

    @Test
    void aPdfIsReadTheSameEverywhere() {
        Presentation wanted = new Presentation(null, 25, 10, 0, 0, Language.ZH);
        byte[] pdf = Ecgs.read(chinese(), wanted).pdf();
        try (ReadPdf read = new ReadPdf(pdf)) {
            read.checkThatItStandsAlone();
            assertThat(read.text()).contains("Zhang San = 张 喆𬭎)(", "县人民医院", "滤波: 高通 0.05 Hz", "aVR", "25 mm/s");
        }
        assertThat(Ecgs.read(chinese(), wanted).pdf())
                .as("parts of it can be asked for")
                .isEqualTo(pdf);
    }

    @Test
    void aPdfHasTheLinesOfTheDrawing() {
        Electrocardiogram read = Ecgs.read(SAMPLE, Presentation.USUAL);
        Drawing drawing = Drawing.parse(read.svg());
        try (ReadPdf pdf = new ReadPdf(read.pdf())) {
            List<List<Point2D>> drawn = pdf.strokes().stream()
                    .filter(stroke -> stroke.pen() == 0.25f)
                    .map(ReadPdf.Stroke::points)
                    .toList();
            List<List<Point>> expected = drawing.leads().stream()
                    .flatMap(line -> line.segments().stream())
                    .toList();
            assertThat(expected).hasSizeGreaterThanOrEqualTo(13);
            for (List<Point> segment : expected) {
                assertThat(drawn).anyMatch(points -> isAt(points, segment));
            }
            List<Point> pulse = drawing.elements("path").stream()
                    .filter(path -> path.hasAttribute("data-calibration"))
                    .map(Drawing::absolute)
                    .findFirst()
                    .orElseThrow();
            assertThat(drawn).anyMatch(points -> isAt(points, pulse));
        }
    }

    private static boolean isAt(List<Point2D> points, List<Point> expected) {
        if (points.size() != expected.size()) {
            return false;
        }
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).distance(expected.get(i).x(), expected.get(i).y()) > 0.002) {
                return false;
            }
        }
        return true;
    }
}

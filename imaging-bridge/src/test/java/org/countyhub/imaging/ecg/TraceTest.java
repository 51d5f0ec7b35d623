package org.countyhub.imaging.ecg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.ecg.Drawing.Line;
import org.countyhub.imaging.ecg.Drawing.Point;
import org.countyhub.imaging.render.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is drawn is what was recorded: the paths are read back into seconds and millivolts, and held against the bytes of the recording. */
class TraceTest {
    private static final Dataset SAMPLE = Ecgs.sample();
    private static final double MILLIVOLTS_OF_A_STEP = 0.00125;
    private static final double HALF_A_MICROMETRE = 0.000_51;

    static Stream<Arguments> forms() {
        return Stream.of(Layout.values()).flatMap(layout -> Stream.of(12.5, 25.0, 50.0)
                .flatMap(speed -> Stream.of(5.0, 10.0, 20.0).map(gain -> Arguments.of(layout, speed, gain))));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyPointIsASampleAndEveryPeakIsThere(Layout layout, double speed, double gain) {
        Drawing drawing = Ecgs.draw(SAMPLE, Ecgs.with(layout, speed, gain));
        List<Line> leads = drawing.leads();
        assertThat(leads.stream().map(Line::lead))
                .startsWith(LeadName.TWELVE.toArray(new String[0]))
                .hasSize(layout == Layout.THREE_BY_FOUR ? 13 : 12);
        for (Line line : leads) {
            short[] raw = Ecgs.raw(SAMPLE, 0, LeadName.TWELVE.indexOf(line.lead()));
            check(line, raw, speed, gain);
        }
    }

    private static void check(Line line, short[] raw, double speed, double gain) {
        assertThat(line.segments()).hasSize(1);
        double zero = line.number("data-x");
        double from = line.number("data-from");
        Map<Long, double[]> drawn = new TreeMap<>();
        for (Point point : line.points()) {
            int sample = (int) Math.round((from + (point.x() - zero) / speed) * 1_000);
            assertThat(point.x()).isEqualTo(zero + (sample / 1e3 - from) * speed, within(HALF_A_MICROMETRE));
            double millivolts = (line.number("data-baseline") - point.y()) / gain;
            assertThat(millivolts)
                    .as("%s at %s ms", line.lead(), sample)
                    .isEqualTo(raw[sample] * MILLIVOLTS_OF_A_STEP, within(HALF_A_MICROMETRE / gain));
            widen(drawn, bin(sample, from, speed), raw[sample]);
        }
        Map<Long, double[]> recorded = new TreeMap<>();
        for (int i = (int) Math.round(from * 1_000); i < Math.round(line.number("data-to") * 1_000); i++) {
            widen(recorded, bin(i, from, speed), raw[i]);
        }
        assertThat(drawn.keySet()).isEqualTo(recorded.keySet());
        recorded.forEach((bin, bounds) -> assertThat(drawn.get(bin)).containsExactly(bounds));
    }

    /** The tenth of a millimetre in which a sample lies. */
    private static long bin(int sample, double from, double speed) {
        return (long) Math.floor((sample / 1e3 - from) * speed * 10 + 1e-6);
    }

    private static void widen(Map<Long, double[]> bins, long bin, double value) {
        double[] bounds = bins.computeIfAbsent(bin, ignored -> new double[] {value, value});
        bounds[0] = Math.min(bounds[0], value);
        bounds[1] = Math.max(bounds[1], value);
    }

    @Test
    void columnsFollowOneAnotherWithoutAGap() {
        List<Line> leads =
                Ecgs.draw(SAMPLE, Ecgs.with(Layout.THREE_BY_FOUR, 25, 10)).leads();
        assertThat(leads.stream()
                        .map(line -> line.lead() + " " + line.number("data-from") + "-" + line.number("data-to")))
                .containsExactly(
                        "I 0.0-2.5",
                        "II 0.0-2.5",
                        "III 0.0-2.5",
                        "aVR 2.5-5.0",
                        "aVL 2.5-5.0",
                        "aVF 2.5-5.0",
                        "V1 5.0-7.5",
                        "V2 5.0-7.5",
                        "V3 5.0-7.5",
                        "V4 7.5-10.0",
                        "V5 7.5-10.0",
                        "V6 7.5-10.0",
                        "II 0.0-10.0");
        assertThat(leads.stream().map(line -> line.number("data-x")).distinct())
                .containsExactly(26.0, 88.5, 151.0, 213.5);
    }

    @Test
    void aPartIsDrawnFromItsOwnBeginning() {
        Presentation later = new Presentation(Layout.TWELVE_BY_ONE, 50, 10, 6.5, 0, Language.EN);
        Drawing drawing = Ecgs.draw(SAMPLE, later);
        assertThat(drawing.root().getAttribute("data-seconds")).isEqualTo("3.5");
        for (Line line : drawing.leads()) {
            check(line, Ecgs.raw(SAMPLE, 0, LeadName.TWELVE.indexOf(line.lead())), 50, 10);
        }
    }

    @Test
    void onePeakBetweenManySamplesStays() {
        short[] samples = new short[10_000];
        samples[4_321] = 300;
        samples[4_322] = -200;
        Dataset dataset = Ecgs.of(Ecgs.group(List.of(Ecgs.channel("II").build()), samples)
                        .set(Tag.SamplingFrequency, Vr.DS, "5000")
                        .build())
                .build();
        Line line = Ecgs.draw(dataset, Presentation.USUAL).leads().getFirst();
        double baseline = line.number("data-baseline");
        assertThat(line.points().size()).isLessThan(1_500);
        assertThat(line.points())
                .contains(
                        new Point(round(26 + 4_321 / 5_000.0 * 25), baseline - 30),
                        new Point(round(26 + 4_322 / 5_000.0 * 25), baseline + 20));
    }

    private static double round(double mm) {
        return Math.rint(mm * 1_000) / 1_000;
    }
}

package org.countyhub.bench.county;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.random.RandomGenerator;

/** The report of a twelve-lead electrocardiogram: measurements and the impression. */
final class Electrocardiogram {
    private static final String TABLE = "electrocardiogram";
    private static final String STUDY = "11524-6";
    private static final String CATEGORY = "procedure";

    private static final List<Rhythm> RHYTHMS =
            Table.read("electrocardiogram.tsv").stream().map(Rhythm::of).toList();
    private static final Lot<Rhythm> LOT = Lot.of(RHYTHMS, Rhythm::weight);

    private Electrocardiogram() {}

    /** An impression and the middles of its measurements; {@code pr} is 0 where there is no P wave. */
    private record Rhythm(
            String impression, boolean critical, int weight, int rate, int pr, int qrs, int qtc, int axis) {
        static Rhythm of(Table.Row row) {
            return new Rhythm(
                    row.text(0),
                    !row.isEmpty(1),
                    row.number(2),
                    row.number(3),
                    row.isEmpty(4) ? 0 : row.number(4),
                    row.number(5),
                    row.number(6),
                    row.number(7));
        }
    }

    static ObjectNode bundle(Order order) {
        RandomGenerator random = order.random();
        Rhythm rhythm = LOT.draw(random);
        OrderBundle bundle = new OrderBundle(order);
        ObjectNode code = bundle.code(STUDY, TABLE, "ECG12", "十二导联心电图");
        String request = bundle.request(code);
        Sheet sheet = new Sheet(bundle, request);

        int rate = about(rhythm.rate, 5, random);
        int corrected = about(rhythm.qtc, 12, random) + (order.person().sex() == Sex.FEMALE ? 8 : 0);
        sheet.add("HR", "8867-4", "心率", rate, "/min", 60, 100);
        if (rhythm.pr == 0) {
            sheet.addAbsent("PR", "8625-6", "PR 间期");
        } else {
            sheet.add("PR", "8625-6", "PR 间期", about(rhythm.pr, 8, random), "ms", 120, 200);
        }
        sheet.add("QRS", "8633-0", "QRS 时限", about(rhythm.qrs, 5, random), "ms", 60, 110);
        // Bazett: QTc = QT / √RR, RR in seconds.
        int measured = (int) Math.round(corrected * Math.sqrt(60.0 / rate));
        sheet.add("QT", "8634-8", "QT 间期", measured, "ms", 300, 450);
        sheet.add(
                "QTC", "8636-3", "QTc 间期", corrected, "ms", 350, order.person().sex() == Sex.FEMALE ? 460 : 450);
        sheet.add("AXIS", "8632-2", "QRS 电轴", about(rhythm.axis, 12, random), "deg", -30, 90);

        ObjectNode report = bundle.report(Systems.EXAMINATION_REPORT, "EC", "ECG12", code, request);
        report.put("conclusion", rhythm.critical ? "【危急值】" + rhythm.impression + "，已电话通知临床。" : rhythm.impression + "。");
        bundle.addReport(report);
        return bundle.bundle();
    }

    private static int about(int middle, int deviation, RandomGenerator random) {
        return (int) Math.round(middle + deviation * Math.clamp(random.nextGaussian(), -2.5, 2.5));
    }

    /** The measurements of one recording. */
    private record Sheet(OrderBundle bundle, String request) {
        void add(String item, String loinc, String name, int value, String unit, int low, int high) {
            ObjectNode observation = start(item, loinc, name);
            observation.set("valueQuantity", Elements.quantity(BigDecimal.valueOf(value), unit));
            String flag = value < low ? "L" : value > high ? "H" : "N";
            String text = value < low ? "偏低" : value > high ? "偏高" : "正常";
            observation.set(
                    "interpretation",
                    Elements.list(Elements.concept(text, Elements.coding(Systems.INTERPRETATION, flag, null))));
            ObjectNode range = Elements.object();
            range.set("low", Elements.quantity(BigDecimal.valueOf(low), unit));
            range.set("high", Elements.quantity(BigDecimal.valueOf(high), unit));
            observation.set("referenceRange", Elements.list(range));
            bundle.add(observation);
        }

        void addAbsent(String item, String loinc, String name) {
            ObjectNode observation = start(item, loinc, name);
            observation.set(
                    "dataAbsentReason",
                    Elements.concept("无 P 波", Elements.coding(Systems.ABSENT_REASON, "not-applicable", null)));
            bundle.add(observation);
        }

        private ObjectNode start(String item, String loinc, String name) {
            return bundle.observation(item, bundle.code(loinc, TABLE, item, name), CATEGORY, request);
        }
    }
}

package org.countyhub.bench.county;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A laboratory report: request, specimen, one observation an item, report. */
final class Laboratory {
    private static final String GRADES = Systems.OWN + "CodeSystem/graded-result";
    private static final String TABLE = "laboratory";
    private static final int MOST_NAMED_IN_CONCLUSION = 4;

    private static final Lot<Grade> GRADED = Lot.of(
            List.of(
                    new Grade("neg", "阴性", 88),
                    new Grade("trace", "±", 5),
                    new Grade("1+", "1+", 4),
                    new Grade("2+", "2+", 2),
                    new Grade("3+", "3+", 1)),
            Grade::weight);
    private static final Lot<Grade> REACTIVE =
            Lot.of(List.of(new Grade("neg", "阴性", 97), new Grade("pos", "阳性", 3)), Grade::weight);

    private Laboratory() {}

    private record Grade(String code, String text, int weight) {
        boolean isNegative() {
            return code.equals("neg");
        }
    }

    /** Interpretation of a result; code of v3-ObservationInterpretation. */
    private enum Flag {
        N("正常"),
        L("偏低"),
        H("偏高"),
        LL("危急值偏低"),
        HH("危急值偏高"),
        A("异常"),
        POS("阳性"),
        NEG("阴性");

        private final String text;

        Flag(String text) {
            this.text = text;
        }
    }

    /** The panel ordered: of those the hospital offers, by how often each is. */
    static Panel panel(Order order) {
        return Lot.of(Panel.offeredBy(order.hospital()), Panel::weight).draw(order.random());
    }

    static ObjectNode bundle(Order order, Panel panel) {
        // Another stream than the one that chose the panel, so that the choice does not shape the values.
        RandomGenerator random =
                Lot.generator(Lot.seed(order.seed(), panel.code().hashCode()));
        OrderBundle bundle = new OrderBundle(order);
        ObjectNode code = bundle.code(panel.loinc(), TABLE, panel.code(), panel.name());
        String request = bundle.request(code);
        String specimen = bundle.specimen(panel.specimen(), specimenName(panel.specimen()), request);
        Map<String, Double> values = LaboratoryValues.draw(panel, order, random);
        List<String> findings = new ArrayList<>();
        for (LaboratoryItem item : panel.items()) {
            ObjectNode observation = bundle.observation(
                    item.code(), bundle.code(item.loinc(), TABLE, item.code(), item.name()), TABLE, request);
            Double value = values.get(item.code());
            String finding =
                    value == null ? graded(observation, item, random) : measured(observation, item, value, order);
            if (!finding.isEmpty()) {
                findings.add(finding);
            }
            observation.set("method", Elements.concept(item.method()));
            observation.set("specimen", Elements.reference(specimen));
            bundle.add(observation);
        }
        ObjectNode report = bundle.report(Systems.LABORATORY_REPORT, "LAB", panel.code(), code, request);
        report.set("specimen", Elements.list(Elements.reference(specimen)));
        report.put("conclusion", conclusion(findings));
        bundle.addReport(report);
        return bundle.bundle();
    }

    /** Fills in a number and returns what is remarkable about it, or nothing. */
    private static String measured(ObjectNode observation, LaboratoryItem item, double unrounded, Order order) {
        BigDecimal value = BigDecimal.valueOf(unrounded).setScale(item.decimals(), RoundingMode.HALF_UP);
        Range reference = item.reference(order.person().sex(), order.age());
        observation.set("valueQuantity", Elements.quantity(value, item.unit()));
        Flag flag = flag(value.doubleValue(), reference, item.critical());
        interpret(observation, flag);
        ObjectNode range = Elements.object();
        addBound(range, "low", reference.low(), item);
        addBound(range, "high", reference.high(), item);
        observation.set("referenceRange", Elements.list(range));
        return switch (flag) {
            case N, NEG -> "";
            case L, H, A, POS -> item.name() + flag.text;
            case LL, HH -> "【危急值】" + item.name() + " " + value + " " + item.unit() + "，已电话通知临床";
        };
    }

    private static String graded(ObjectNode observation, LaboratoryItem item, RandomGenerator random) {
        boolean reactive = item.shape() == LaboratoryItem.Shape.REACTIVE;
        Grade grade = (reactive ? REACTIVE : GRADED).draw(random);
        observation.set(
                "valueCodeableConcept", Elements.concept(grade.text, Elements.coding(GRADES, grade.code, grade.text)));
        Flag flag = grade.isNegative() ? (reactive ? Flag.NEG : Flag.N) : reactive ? Flag.POS : Flag.A;
        interpret(observation, flag);
        observation.set("referenceRange", Elements.list(Elements.object().put("text", "阴性")));
        return grade.isNegative() ? "" : item.name() + (reactive ? "阳性" : "（" + grade.text + "）");
    }

    private static Flag flag(double value, Range reference, Range critical) {
        if (critical.isBelow(value)) {
            return Flag.LL;
        }
        if (critical.isAbove(value)) {
            return Flag.HH;
        }
        return reference.isBelow(value) ? Flag.L : reference.isAbove(value) ? Flag.H : Flag.N;
    }

    private static void interpret(ObjectNode observation, Flag flag) {
        ObjectNode coding = Elements.coding(Systems.INTERPRETATION, flag.name(), null);
        observation.set("interpretation", Elements.list(Elements.concept(flag.text, coding)));
    }

    private static void addBound(ObjectNode range, String name, @Nullable Double bound, LaboratoryItem item) {
        if (bound != null) {
            BigDecimal value = BigDecimal.valueOf(bound).stripTrailingZeros();
            range.set(name, Elements.quantity(value.setScale(Math.max(0, value.scale())), item.unit()));
        }
    }

    private static String conclusion(List<String> findings) {
        if (findings.isEmpty()) {
            return "所检项目未见明显异常。";
        }
        String named = String.join("；", findings.subList(0, Math.min(findings.size(), MOST_NAMED_IN_CONCLUSION)));
        return named + (findings.size() > MOST_NAMED_IN_CONCLUSION ? "等" : "") + "，请结合临床。";
    }

    private static String specimenName(String code) {
        return switch (code) {
            case "BLD" -> "全血";
            case "SER" -> "血清";
            case "PLAS" -> "血浆";
            case "UR" -> "尿液";
            default -> throw new IllegalArgumentException("no specimen " + code);
        };
    }
}

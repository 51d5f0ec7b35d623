package org.countyhub.bench.county;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A surgical pathology report: specimen, gross and microscopic description, coded diagnosis. */
final class Pathology {
    private static final String TABLE = "pathology";
    private static final String STUDY = "11529-5";
    private static final String GROSS = "22634-0";
    private static final String MICROSCOPIC = "22635-7";
    private static final String CATEGORY = "laboratory";

    private static final List<Case> CASES =
            Table.read("pathology.tsv").stream().map(Case::of).toList();

    private Pathology() {}

    private record Case(
            String code,
            String specimen,
            boolean womenOnly,
            int age,
            int weight,
            String gross,
            String microscopic,
            String diagnosis,
            String icd10,
            @Nullable String morphology) {
        static Case of(Table.Row row) {
            return new Case(
                    row.text(0),
                    row.text(1),
                    row.text(2).equals("F"),
                    row.number(3),
                    row.number(4),
                    row.text(5),
                    row.text(6),
                    row.text(7),
                    row.text(8),
                    row.isEmpty(9) ? null : row.text(9));
        }

        boolean suits(Order order) {
            boolean woman = order.person().sex() == Sex.FEMALE;
            return order.age() >= age && (woman || !womenOnly);
        }
    }

    static ObjectNode bundle(Order order) {
        RandomGenerator random = order.random();
        List<Case> suitable = CASES.stream().filter(c -> c.suits(order)).toList();
        Case found = Lot.of(suitable, Case::weight).draw(random);

        OrderBundle bundle = new OrderBundle(order);
        ObjectNode code = bundle.code(STUDY, TABLE, "PATH", "手术病理检查");
        String request = bundle.request(code);
        String specimen = bundle.specimen("TISS", found.specimen, request);
        describe(bundle, "GROSS", GROSS, "大体所见", Phrases.filled(found.gross, random), request, specimen);
        describe(bundle, "MICRO", MICROSCOPIC, "镜下所见", Phrases.filled(found.microscopic, random), request, specimen);

        ObjectNode report = bundle.report(Systems.EXAMINATION_REPORT, "SP", "PATH", code, request);
        report.set("specimen", Elements.list(Elements.reference(specimen)));
        report.put("conclusion", found.diagnosis + "。");
        ArrayNode conclusions = report.putArray("conclusionCode");
        conclusions.add(Elements.concept(found.diagnosis, Elements.coding(Systems.ICD_10, found.icd10, null)));
        if (found.morphology != null) {
            conclusions.add(
                    Elements.concept(found.diagnosis, Elements.coding(Systems.ICD_O_3, found.morphology, null)));
        }
        bundle.addReport(report);
        return bundle.bundle();
    }

    private static void describe(
            OrderBundle bundle, String item, String loinc, String name, String text, String request, String specimen) {
        ObjectNode observation = bundle.observation(item, bundle.code(loinc, TABLE, item, name), CATEGORY, request);
        observation.put("valueString", text);
        observation.set("specimen", Elements.reference(specimen));
        bundle.add(observation);
    }
}

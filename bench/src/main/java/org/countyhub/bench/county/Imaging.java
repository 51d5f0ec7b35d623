package org.countyhub.bench.county;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import java.util.random.RandomGenerator;

/** An imaging report: request, study with its series, findings, report. */
final class Imaging {
    private static final String TABLE = "imaging";
    private static final String FINDINGS = "18782-3";

    private Imaging() {}

    static ObjectNode bundle(Order order) {
        RandomGenerator random = order.random();
        List<Exam> suitable =
                Exam.ALL.stream().filter(exam -> exam.suits(order)).toList();
        Exam exam = Lot.of(suitable, Exam::weight).draw(random);
        Exam.Reading reading = Lot.of(exam.readings(), Exam.Reading::weight).draw(random);

        OrderBundle bundle = new OrderBundle(order);
        ObjectNode code = bundle.code(exam.loinc(), TABLE, exam.code(), exam.name());
        String request = bundle.request(code);
        String study = bundle.add(study(order, exam, request, random), "subject");

        ObjectNode findings =
                bundle.observation(exam.code(), bundle.code(FINDINGS, TABLE, "FINDINGS", "检查所见"), TABLE, request);
        findings.put("valueString", Phrases.filled(reading.findings(), random));
        bundle.add(findings);

        ObjectNode report = bundle.report(Systems.EXAMINATION_REPORT, "RAD", exam.code(), code, request);
        report.set("imagingStudy", Elements.list(Elements.reference(study)));
        String impression = Phrases.filled(reading.impression(), random);
        report.put("conclusion", reading.critical() ? "【危急值】" + impression + "已电话通知临床。" : impression);
        bundle.addReport(report);
        return bundle.bundle();
    }

    private static ObjectNode study(Order order, Exam exam, String request, RandomGenerator random) {
        ObjectNode study = Elements.resource("ImagingStudy");
        study.set("identifier", Elements.list(Elements.identifier(Systems.DICOM_UID, Systems.OID + uid(random))));
        study.put("status", "available");
        study.set("modality", Elements.list(Elements.coding(Systems.DICOM, exam.modality(), null)));
        study.put("started", OrderBundle.instant(order.performedAt()));
        study.set("basedOn", Elements.list(Elements.reference(request)));
        ArrayNode series = Elements.list();
        int images = 0;
        for (Exam.Series planned : exam.series()) {
            int count = planned.fewest() + random.nextInt(planned.most() - planned.fewest() + 1);
            images += count;
            series.add(series(exam, planned, series.size() + 1, count, uid(random)));
        }
        study.put("numberOfSeries", series.size()).put("numberOfInstances", images);
        study.put("description", exam.name());
        study.set("series", series);
        return study;
    }

    private static ObjectNode series(Exam exam, Exam.Series planned, int number, int images, String uid) {
        ObjectNode series = Elements.object().put("uid", uid).put("number", number);
        series.set("modality", Elements.coding(Systems.DICOM, exam.modality(), null));
        series.put("description", planned.description()).put("numberOfInstances", images);
        series.set("bodySite", Elements.object().put("display", exam.bodySite()));
        return series;
    }

    /** A DICOM UID made of a 122-bit number under 2.25 (DICOM PS3.5, annex B.2). */
    private static String uid(RandomGenerator random) {
        byte[] bytes = new byte[15];
        random.nextBytes(bytes);
        return "2.25." + new BigInteger(1, bytes);
    }
}

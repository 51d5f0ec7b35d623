package org.countyhub.bench.load;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Visits, blood pressures and prescriptions, so that the searches over those types have something to find. Not measured.
 *
 * @param encounters references, one for each visit
 */
record ClinicVisits(List<String> encounters) {
    static final List<String> STATUSES = List.of("finished", "in-progress", "cancelled");
    static final List<String> CLASSES = List.of("AMB", "EMER", "IMP");
    private static final int CONNECTIONS = 4;
    private static final int RESOURCES = 3;
    private static final OffsetDateTime FIRST = OffsetDateTime.of(2024, 1, 2, 8, 0, 0, 0, ZoneOffset.ofHours(8));
    private static final Template ENCOUNTER = new Template("encounter");
    private static final Template BLOOD_PRESSURE = new Template("blood-pressure");
    private static final Template MEDICATION_REQUEST = new Template("medication-request");

    static ClinicVisits load(Session session, Dataset dataset) {
        int visits = session.scaled(600, 60);
        List<String> encounters = new ArrayList<>();
        Load.send(session.base(), CONNECTIONS, new Load.Volume(visits, 300), new Load.Scenario() {
            @Override
            public byte[] request(int index) {
                return session.base().post("", bundle(dataset, index));
            }

            @Override
            public void answered(int index, byte[] request, HttpConnection answer) {
                Load.requireStatus(request, answer, 200);
                List<Answers.Entry> entries = Answers.entries(answer.bodyCopy(), RESOURCES);
                synchronized (encounters) {
                    entries.getFirst().reference().ifPresent(encounters::add);
                }
            }
        });
        return new ClinicVisits(List.copyOf(encounters));
    }

    private static String bundle(Dataset dataset, int visit) {
        Map<String, Object> values = values(dataset, visit);
        String encounter = LabOrders.urn(visit, 0);
        values.put("encounter", encounter);
        return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
                + String.join(
                        ",",
                        LabOrders.entry(encounter, ENCOUNTER.fill(values), "Encounter", ""),
                        LabOrders.entry(LabOrders.urn(visit, 1), BLOOD_PRESSURE.fill(values), "Observation", ""),
                        LabOrders.entry(
                                LabOrders.urn(visit, 2), MEDICATION_REQUEST.fill(values), "MedicationRequest", ""))
                + "]}";
    }

    private static Map<String, Object> values(Dataset dataset, int visit) {
        LabOrders orders = dataset.orders();
        SplittableRandom random = new SplittableRandom(visit);
        OffsetDateTime start = FIRST.plusMinutes(97L * visit);
        Map<String, Object> values = new HashMap<>();
        values.put("identifier", orders.people().mark() + "-V" + visit);
        values.put("patient", dataset.patient(dataset.anyPerson(random)));
        values.put("practitioner", orders.doctors().get(visit % orders.doctors().size()));
        values.put(
                "organization",
                orders.laboratories().get(visit % orders.laboratories().size()));
        values.put("status", People.pick(STATUSES, random));
        values.put("class", People.pick(CLASSES, random));
        values.put("start", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(start));
        values.put("effective", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(start.plusMinutes(10)));
        values.put("end", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(start.plusMinutes(20)));
        values.put("systolic", random.nextInt(95, 180));
        values.put("diastolic", random.nextInt(55, 105));
        return values;
    }
}

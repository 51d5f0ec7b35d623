package org.countyhub.bench.load;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The orders a laboratory reports, numbered from 0 and always the same for the same number: a patient, a request, a
 * specimen, a report and twelve results each. Every fifth order is the only one of its person; the others spread over
 * people who have about five each.
 *
 * @param orders how many there are in all
 * @param laboratories references to the Organizations that report, at least one
 * @param doctors references to the Practitioners who order, at least one
 */
record LabOrders(People people, int orders, List<String> laboratories, List<String> doctors) {
    static final int RESOURCES = 16;
    static final int RESULTS = 12;
    private static final int ORDERS_EACH = 5;
    private static final OffsetDateTime FIRST = OffsetDateTime.of(2024, 1, 1, 7, 0, 0, 0, ZoneOffset.ofHours(8));
    private static final Template REQUEST = new Template("service-request");
    private static final Template SPECIMEN = new Template("specimen");
    private static final Template REPORT = new Template("diagnostic-report");
    private static final Template RESULT = new Template("observation");

    /** How many people have just one order; they are numbered from 0, the others follow. */
    int peopleWithOne() {
        return (orders + ORDERS_EACH - 1) / ORDERS_EACH;
    }

    int peopleWithSeveral() {
        return Math.max(1, (orders - peopleWithOne()) / ORDERS_EACH);
    }

    /** The person of an order. */
    int person(int order) {
        if (order % ORDERS_EACH == 0) {
            return order / ORDERS_EACH;
        }
        return peopleWithOne() + new SplittableRandom(order).nextInt(peopleWithSeveral());
    }

    Analyte.Panel panel(int order) {
        return Analyte.PANELS.get((order / ORDERS_EACH + order) % Analyte.PANELS.size());
    }

    /** The transaction Bundle of an order (FHIR R4 section 3.1.0.11.2): 16 entries that refer to each other by urn:uuid. */
    String bundle(int order) {
        Map<String, Object> values = common(order);
        List<String> entries = new ArrayList<>(RESOURCES);
        entries.add(entry(urn(order, 0), people.patient(person(order)), "Patient", condition(person(order))));
        entries.add(entry(urn(order, 1), REQUEST.fill(values), "ServiceRequest", ""));
        entries.add(entry(urn(order, 2), SPECIMEN.fill(values), "Specimen", ""));
        entries.add(entry(urn(order, 3), REPORT.fill(values), "DiagnosticReport", ""));
        SplittableRandom random = new SplittableRandom(order);
        values.put("specimen", "{\"reference\":\"" + urn(order, 2) + "\"}");
        for (int i = 0; i < RESULTS; i++) {
            result(values, order, i, random);
            entries.add(entry(urn(order, 4 + i), RESULT.fill(values), "Observation", ""));
        }
        return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + String.join(",", entries) + "]}";
    }

    private String condition(int person) {
        return "identifier=" + People.CARD_SYSTEM + "|" + people.card(person);
    }

    /** A result by itself, as a single create sends it. */
    String observation(int order, int result, String patient) {
        Map<String, Object> values = common(order);
        values.put("patient", patient);
        SplittableRandom random = new SplittableRandom(31L * order + result);
        result(values, order, result, random);
        values.put("basedOn", "[{\"display\":\"order " + accession(order) + "\"}]");
        values.put("specimen", "{\"display\":\"specimen " + accession(order) + "\"}");
        return RESULT.fill(values);
    }

    private Map<String, Object> common(int order) {
        Analyte.Panel panel = panel(order);
        OffsetDateTime collected = FIRST.plusMinutes(41L * order);
        Map<String, Object> values = new HashMap<>();
        values.put("accession", accession(order));
        values.put("patient", urn(order, 0));
        values.put("request", urn(order, 1));
        values.put("basedOn", "[{\"reference\":\"" + urn(order, 1) + "\"}]");
        values.put("specimen", urn(order, 2));
        values.put("panelCode", panel.code());
        values.put("panelName", panel.name());
        values.put("specimenCode", panel.specimenCode());
        values.put("specimenName", panel.specimenName());
        values.put("laboratory", laboratories.get(order % laboratories.size()));
        values.put("requester", doctors.get(order % doctors.size()));
        values.put("ordered", time(collected.minusMinutes(30)));
        values.put("effective", time(collected));
        values.put("received", time(collected.plusMinutes(25)));
        values.put("issued", time(collected.plusMinutes(95)));
        values.put(
                "results",
                IntStream.range(0, RESULTS)
                        .mapToObj(i -> "{\"reference\":\"" + urn(order, 4 + i) + "\"}")
                        .collect(Collectors.joining(",", "[", "]")));
        return values;
    }

    private void result(Map<String, Object> values, int order, int number, SplittableRandom random) {
        Analyte analyte = panel(order).analytes().get(number);
        BigDecimal value = analyte.draw(random);
        values.put("identifier", accession(order) + "." + number);
        values.put("loinc", analyte.loinc());
        values.put("loincName", analyte.loincName());
        values.put("item", analyte.item());
        values.put("itemName", analyte.name());
        values.put("value", value.toPlainString());
        values.put("unit", analyte.unit());
        values.put("flag", analyte.flag(value));
        values.put("method", "Automated analyser method");
        values.put("analyser", "Analyser " + (1 + order % 7));
        values.put("low", BigDecimal.valueOf(analyte.low()).toPlainString());
        values.put("high", BigDecimal.valueOf(analyte.high()).toPlainString());
    }

    private String accession(int order) {
        return "%s-L%07d".formatted(people.mark(), order);
    }

    private static String time(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    static String urn(int order, int entry) {
        return "urn:uuid:" + new UUID(0x4000L + ((long) order << 16), 0x8000_0000_0000_0000L + entry);
    }

    /** A POST entry; an empty condition is none. */
    static String entry(String fullUrl, String resource, String type, String ifNoneExist) {
        String condition = ifNoneExist.isEmpty() ? "" : ",\"ifNoneExist\":\"" + ifNoneExist + "\"";
        return "{\"fullUrl\":\"" + fullUrl + "\",\"resource\":" + resource
                + ",\"request\":{\"method\":\"POST\",\"url\":\"" + type + "\"" + condition + "}}";
    }
}

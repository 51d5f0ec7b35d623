package org.countyhub.fhir.race;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.countyhub.fhir.TestHub;

/**
 * One client that does whatever comes to its mind to a few patients, observations and reports, which others change too.
 * The values reach every search table: tokens, strings, dates, quantities, references to patients and to others.
 */
final class Workload {
    private static final int PATIENTS = 12;
    private static final int OBSERVATIONS = 40;
    private static final int REPORTS = 20;

    private final TestHub hub;
    private final Random random;

    Workload(TestHub hub, int seed) {
        this.hub = hub;
        this.random = new Random(seed);
    }

    HttpResponse<String> step() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> put(patient());
            case 2, 3 -> put(observation());
            case 4 -> put(report());
            case 5 -> hub.post("/Observation", observation().body());
            case 6 -> hub.delete("/" + any().path());
            case 7 -> patch();
            default -> transaction();
        };
    }

    private record Content(String path, String body) {}

    private Content any() {
        return switch (random.nextInt(3)) {
            case 0 -> patient();
            case 1 -> observation();
            default -> report();
        };
    }

    private HttpResponse<String> put(Content content) {
        return hub.put("/" + content.path(), content.body());
    }

    private HttpResponse<String> patch() {
        Content content = any();
        String value = content.path().startsWith("Patient")
                ? "{\"op\":\"add\",\"path\":\"/birthDate\",\"value\":\"19%02d-02-03\"}".formatted(random.nextInt(100))
                : "{\"op\":\"add\",\"path\":\"/subject\",\"value\":{\"reference\":\""
                        + patient().path() + "\"}}";
        return hub.send(
                "PATCH", "/" + content.path(), "[" + value + "]", "Content-Type", "application/json-patch+json");
    }

    private HttpResponse<String> transaction() {
        List<String> entries = new ArrayList<>();
        for (Content content : List.of(patient(), observation(), report())) {
            boolean delete = random.nextInt(6) == 0;
            entries.add("{" + (delete ? "" : "\"resource\":" + content.body() + ",") + "\"request\":{\"method\":\""
                    + (delete ? "DELETE" : "PUT") + "\",\"url\":\"" + content.path() + "\"}}");
        }
        String card = "workload-" + random.nextInt(4);
        entries.add("""
                {"fullUrl":"urn:uuid:c","resource":{"resourceType":"Patient",
                   "identifier":[{"system":"urn:card","value":"%s"}]},
                 "request":{"method":"POST","url":"Patient","ifNoneExist":"identifier=urn:card|%s"}}""".formatted(card, card));
        entries.add("{\"resource\":" + observation().body().replaceFirst("Patient/p[0-9]+", "urn:uuid:c")
                + ",\"request\":{\"method\":\"POST\",\"url\":\"Observation\"}}");
        return hub.post("", Race.transaction(entries));
    }

    private Content patient() {
        String id = "p" + random.nextInt(PATIENTS);
        String link = random.nextInt(4) == 0
                ? ",\"generalPractitioner\":[{\"reference\":\"http://elsewhere.test/Practitioner/" + random.nextInt(3)
                        + "\"}]"
                : "";
        return new Content("Patient/" + id, """
                {"resourceType":"Patient","id":"%s","name":[{"family":"N%d","given":["g%d","É%d"]}],
                 "gender":"%s","birthDate":"19%02d-%02d","telecom":[{"system":"phone","value":"138%04d"}]%s}""".formatted(
                        id,
                        random.nextInt(5),
                        random.nextInt(3),
                        random.nextInt(3),
                        random.nextBoolean() ? "male" : "female",
                        random.nextInt(100),
                        1 + random.nextInt(12),
                        random.nextInt(10_000),
                        link));
    }

    private Content observation() {
        String id = "o" + random.nextInt(OBSERVATIONS);
        return new Content("Observation/" + id, """
                {"resourceType":"Observation","id":"%s","status":"%s",
                 "code":{"coding":[{"system":"http://loinc.org","code":"%d-1"}]},
                 "subject":{"reference":"Patient/p%d"},"effectiveDateTime":"2026-0%d-1%dT08:00:00+08:00",
                 "component":[{"code":{"coding":[{"code":"c%d"}]},
                   "valueQuantity":{"value":%d.5,"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"}}],
                 "valueQuantity":{"value":%d,"unit":"g/L"}}""".formatted(
                        id,
                        random.nextBoolean() ? "final" : "amended",
                        random.nextInt(5),
                        random.nextInt(PATIENTS),
                        1 + random.nextInt(9),
                        random.nextInt(10),
                        random.nextInt(3),
                        random.nextInt(100),
                        random.nextInt(100)));
    }

    private Content report() {
        String id = "r" + random.nextInt(REPORTS);
        List<String> results = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            results.add("{\"reference\":\"Observation/o" + random.nextInt(OBSERVATIONS) + "\"}");
        }
        String result = results.isEmpty() ? "" : ",\"result\":[" + String.join(",", results) + "]";
        return new Content("DiagnosticReport/" + id, """
                {"resourceType":"DiagnosticReport","id":"%s","status":"final","code":{"text":"panel %d"},
                 "subject":{"reference":"Patient/p%d"},"issued":"2026-03-0%dT01:02:03Z",
                 "extension":[{"url":"urn:seen","valueReference":{"reference":"Patient/p%d"}}]%s}""".formatted(
                        id,
                        random.nextInt(3),
                        random.nextInt(PATIENTS),
                        1 + random.nextInt(9),
                        random.nextInt(PATIENTS),
                        result));
    }
}

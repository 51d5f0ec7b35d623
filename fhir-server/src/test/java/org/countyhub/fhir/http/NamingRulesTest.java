package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What was stored stays found under every name it had, whatever becomes of the NamingSystems (R4, NamingSystem.uniqueId). */
class NamingRulesTest {
    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    /** The first address is the preferred one. */
    private static String system(String id, String... addresses) {
        return inStatus("active", id, addresses);
    }

    private static String inStatus(String status, String id, String... addresses) {
        StringBuilder uniqueIds = new StringBuilder();
        for (String address : addresses) {
            boolean oid = address.startsWith("urn:oid:");
            uniqueIds.append(uniqueIds.isEmpty() ? "" : ",").append("""
                    {"type":"%s","value":"%s","preferred":%s}\
                    """.formatted(
                            oid ? "oid" : "uri", oid ? address.substring(8) : address, address.equals(addresses[0])));
        }
        return """
            {"resourceType":"NamingSystem","id":"%s","name":"%s","status":"%s","kind":"identifier","date":"2026-01-01",
             "uniqueId":[%s]}\
            """.formatted(id, id, status, uniqueIds);
    }

    private static HttpResponse<String> put(String id, String... addresses) {
        return hub.put("/NamingSystem/" + id, system(id, addresses));
    }

    private static String patient(String system, String value) {
        return """
            {"resourceType":"Patient","identifier":[{"system":"%s","value":"%s"}]}\
            """.formatted(system, value);
    }

    private static String stored(String system, String value) {
        return "Patient/" + Answers.created(hub.post("/Patient", patient(system, value)));
    }

    private static void foundBy(String patient, String value, String... systems) {
        for (String system : systems) {
            assertThat(Answers.found(hub.get("/Patient?identifier=" + system + "|" + value)))
                    .as(system)
                    .containsExactly(patient);
            var again =
                    hub.post("/Patient", patient(system, value), "If-None-Exist", "identifier=" + system + "|" + value);
            assertThat("Patient/" + Answers.json(again, 200).path("id").asText())
                    .isEqualTo(patient);
        }
    }

    @Test
    void aSecondSystemMayNotClaimAnAddressOfTheFirst() {
        Answers.json(put("card", "http://card.example/id", "urn:oid:1.2.3.4"), 201);
        String early = stored("urn:oid:1.2.3.4", "C3");

        HttpResponse<String> second = put("other", "http://other.example/id", "urn:oid:1.2.3.4");

        Answers.refused(second, 409, "urn:oid:1.2.3.4 is a uniqueId of NamingSystem/card already");
        assertThat(second.body()).contains("\"expression\":[\"NamingSystem.uniqueId[1].value\"]");
        assertThat(hub.get("/NamingSystem/other").statusCode()).isEqualTo(404);
        foundBy(early, "C3", "urn:oid:1.2.3.4", "http://card.example/id");
    }

    @Test
    void anUpdateMayNotClaimAnAddressOfAnother() {
        Answers.json(put("mine", "http://mine.example/id"), 201);
        Answers.json(put("yours", "http://yours.example/id"), 201);

        Answers.refused(put("yours", "http://yours.example/id", "http://mine.example/id"), 409, "NamingSystem/mine");
        Answers.refused(
                hub.send("PATCH", "/NamingSystem/yours", """
                    [{"op":"add","path":"/uniqueId/-","value":{"type":"uri","value":"http://mine.example/id"}}]\
                    """, "Content-Type", "application/json-patch+json"),
                409,
                "NamingSystem/mine");
        Answers.json(put("yours", "http://yours.example/id", "http://yours.example/other"), 200);
    }

    @Test
    void aRetiredSystemKeepsItsAddresses() {
        Answers.json(hub.put("/NamingSystem/old", inStatus("retired", "old", "urn:old:1", "urn:old:2")), 201);

        Answers.refused(put("new", "urn:new:1", "urn:old:2"), 409, "urn:old:2 is a uniqueId of NamingSystem/old");
    }

    @Test
    void systemsOfCodesMayShareAnAddress() {
        String codes = system("codes-%s", "http://codes.example").replace("identifier", "codesystem");

        Answers.json(hub.put("/NamingSystem/codes-1", codes.formatted("1", "1")), 201);
        Answers.json(hub.put("/NamingSystem/codes-2", codes.formatted("2", "2")), 201);
    }

    @Test
    void ofTwoInOneTransactionTheSecondIsNamed() {
        var refused = hub.post(
                "",
                Bundles.transaction()
                        .put("NamingSystem/twin-1", system("twin-1", "urn:twin"))
                        .put("NamingSystem/twin-2", system("twin-2", "urn:twin"))
                        .toString());

        Answers.refused(refused, 409, "urn:twin is a uniqueId of NamingSystem/twin-1 already");
        assertThat(refused.body()).contains("Bundle.entry[1].resource.uniqueId[0].value");
        assertThat(hub.get("/NamingSystem/twin-1").statusCode()).isEqualTo(404);
    }

    @Test
    void anAddressMovesWithinOneTransaction() {
        Answers.json(put("from", "urn:from", "urn:moving"), 201);

        var moved = hub.post(
                "",
                Bundles.transaction()
                        .put("NamingSystem/to", system("to", "urn:to", "urn:moving"))
                        .put("NamingSystem/from", system("from", "urn:from"))
                        .toString());

        Answers.json(moved, 200);
    }

    @Test
    void ofManyThatClaimAnAddressAtOnceOneGetsIt() throws Exception {
        try (var clients = Executors.newFixedThreadPool(16)) {
            List<Callable<HttpResponse<String>>> claims = IntStream.range(0, 16)
                    .<Callable<HttpResponse<String>>>mapToObj(
                            i -> () -> put("racer-" + i, "urn:racer:" + i, "urn:race"))
                    .toList();
            List<Integer> statuses = clients.invokeAll(claims).stream()
                    .map(Future::resultNow)
                    .map(HttpResponse::statusCode)
                    .toList();

            assertThat(statuses).containsOnlyOnce(201).allMatch(status -> status == 201 || status == 409);
        }
    }

    @Test
    void whatWasStoredBeforeTheFirstSystemIsFoundByAllItsNames() {
        String early = stored("urn:first:2", "1");

        Answers.json(put("first", "urn:first:1", "urn:first:2", "urn:oid:1.2.3.5"), 201);

        foundBy(early, "1", "urn:first:1", "urn:first:2", "urn:oid:1.2.3.5");
    }

    @Test
    void anotherPreferredNameLosesNothing() {
        Answers.json(put("turn", "urn:turn:1", "urn:turn:2"), 201);
        String before = stored("urn:turn:2", "1");

        Answers.json(put("turn", "urn:turn:2", "urn:turn:1"), 200);

        String after = stored("urn:turn:1", "2");
        foundBy(before, "1", "urn:turn:1", "urn:turn:2");
        foundBy(after, "2", "urn:turn:1", "urn:turn:2");
        assertThat(Answers.found(hub.get("/Patient?identifier=urn:turn:1|"))).contains(before, after);
    }

    @Test
    void aSystemThatIsRetiredLosesNothing() {
        Answers.json(put("rest", "urn:rest:1", "urn:rest:2"), 201);
        String before = stored("urn:rest:2", "1");
        String other = stored("urn:rest:1", "2");

        Answers.json(hub.put("/NamingSystem/rest", inStatus("retired", "rest", "urn:rest:1", "urn:rest:2")), 200);

        foundBy(before, "1", "urn:rest:1", "urn:rest:2");
        foundBy(other, "2", "urn:rest:1", "urn:rest:2");
    }

    @Test
    void aSystemWhoseNamesAreInUseIsNotDeleted() {
        Answers.json(put("used", "urn:used:1", "urn:used:2"), 201);
        String patient = stored("urn:used:2", "1");

        var refused = hub.delete("/NamingSystem/used");

        Answers.refused(refused, 409, patient);
        foundBy(patient, "1", "urn:used:1", "urn:used:2");
        hub.delete("/" + patient);
        assertThat(hub.delete("/NamingSystem/used").statusCode()).isEqualTo(204);
    }

    @Test
    void aSystemIsDeletedWhenAnotherHoldsItsNamesTogether() {
        Answers.json(put("short", "urn:short:1", "urn:short:2"), 201);
        String patient = stored("urn:short:2", "1");

        var replaced = hub.post(
                "",
                Bundles.transaction()
                        .delete("NamingSystem/short")
                        .put("NamingSystem/long", system("long", "urn:long", "urn:short:1", "urn:short:2"))
                        .toString());

        Answers.json(replaced, 200);
        foundBy(patient, "1", "urn:short:1", "urn:short:2", "urn:long");
    }

    /** A name that was wrong is corrected by an update; its senders still find what they sent. */
    @Test
    void aNameThatIsTakenAwayStillFindsWhatWasSentUnderIt() {
        Answers.json(put("wrong", "urn:wrong:1", "urn:wrong:2"), 201);
        String sent = stored("urn:wrong:2", "1");
        stored("urn:wrong:1", "2");

        Answers.json(put("wrong", "urn:wrong:1"), 200);

        foundBy(sent, "1", "urn:wrong:1", "urn:wrong:2");
        assertThat(Answers.found(hub.get("/Patient?identifier=urn:wrong:2|2"))).isEmpty();
    }

    @Test
    void identifiersUnderOtherParametersAreFoundByAllNamesToo() {
        Answers.json(put("order", "urn:order:1", "urn:order:2"), 201);
        String patient = stored("urn:person", "1");
        String order = "ServiceRequest/" + Answers.created(hub.post("/ServiceRequest", """
            {"resourceType":"ServiceRequest","status":"active","intent":"order","subject":{"reference":"%s"},
             "requisition":{"system":"urn:order:2","value":"9"}}\
            """.formatted(patient)));

        for (String name : List.of("urn:order:1", "urn:order:2")) {
            assertThat(Answers.found(hub.get("/ServiceRequest?requisition=" + name + "|9")))
                    .containsExactly(order);
        }
    }

    @Test
    void readingAndWritingBackUnderAnotherPreferredNameKeepsEverySentNameOnce() {
        Answers.json(put("swing", "urn:swing:1", "urn:swing:2"), 201);
        String patient = stored("urn:swing:2", "1");
        for (String preferred : List.of("urn:swing:2", "urn:swing:1", "urn:swing:2")) {
            String other = preferred.equals("urn:swing:1") ? "urn:swing:2" : "urn:swing:1";
            Answers.json(put("swing", preferred, other), 200);
            Answers.json(hub.put("/" + patient, hub.get("/" + patient).body()), 200);
        }

        assertThat(Answers.json(hub.get("/" + patient), 200).at("/identifier/0/_system/extension"))
                .hasSize(2);
        foundBy(patient, "1", "urn:swing:1", "urn:swing:2");
    }
}

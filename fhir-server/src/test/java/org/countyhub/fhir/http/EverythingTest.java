package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.http.Answers.created;
import static org.countyhub.fhir.http.Answers.found;
import static org.countyhub.fhir.http.Answers.included;
import static org.countyhub.fhir.http.Answers.json;
import static org.countyhub.fhir.http.Answers.next;
import static org.countyhub.fhir.http.Answers.refused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.countyhub.fhir.HubServer;
import org.countyhub.fhir.Resident;
import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.transaction.WritePolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code Person/[id]/$everything} and R4's operation Patient-everything. */
class EverythingTest {
    private static final String HEALTH_CARD = "urn:oid:2.16.156.10011.1.19";

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String patient(String card, String family) {
        return "Patient/" + created(hub.post("/Patient", """
                {"resourceType":"Patient","name":[{"family":"%s","given":["大山"]}],"gender":"male","birthDate":"1970-01-01",
                 "identifier":[{"system":"%s","value":"%s"}]}""".formatted(family, HEALTH_CARD, Resident.card(card))));
    }

    private static String observation(String patient, String date, String more) {
        return "Observation/" + created(hub.post("/Observation", """
                {"resourceType":"Observation","status":"final","code":{"text":"x"},"effectiveDateTime":"%s",
                 "subject":{"reference":"%s"}%s}""".formatted(date, patient, more)));
    }

    private static String personOf(String patient) {
        return found(hub.get("/Person?link=" + patient)).getFirst();
    }

    /** {@code Type/id} of everything on all pages, in order. */
    private static List<String> all(String first) {
        List<String> all = new ArrayList<>();
        Optional<String> page = Optional.of(first);
        while (page.isPresent()) {
            ObjectNode bundle = json(hub.get(page.get()), 200);
            assertThat(bundle.path("type").asText()).isEqualTo("searchset");
            for (JsonNode entry : bundle.path("entry")) {
                all.add(entry.at("/resource/resourceType").asText() + "/"
                        + entry.at("/resource/id").asText());
            }
            page = next(bundle);
        }
        return all;
    }

    @Test
    void aPersonComesWithItsPatientsAndTheirRecordsAndWhatTheseReferTo() {
        String doctor = "Practitioner/" + created(hub.post("/Practitioner", "{\"resourceType\":\"Practitioner\"}"));
        String one = patient("e1", "赵");
        String other = patient("e1", "赵");
        String stranger = patient("e2", "钱");
        String first = observation(one, "2024-01-01", ",\"performer\":[{\"reference\":\"" + doctor + "\"}]");
        String second = observation(other, "2025-01-01", "");
        String strange = observation(stranger, "2025-01-01", "");
        String appointment = "Appointment/" + created(hub.post("/Appointment", """
                {"resourceType":"Appointment","status":"booked",
                 "participant":[{"actor":{"reference":"%s"},"status":"accepted"}]}""".formatted(other)));
        String person = personOf(one);

        var answer = hub.get("/" + person + "/$everything");

        assertThat(found(answer)).startsWith(person, one, other).contains(first, second, appointment);
        assertThat(found(answer)).doesNotContain(stranger, strange).anyMatch(key -> key.startsWith("Provenance/"));
        assertThat(included(answer)).containsExactly(doctor);
        assertThat(json(answer, 200).path("total").asInt())
                .isEqualTo(found(answer).size());
    }

    @Test
    void aPatientComesWithWhatIsInItsCompartmentOnly() {
        String one = patient("e3", "孙");
        String other = patient("e3", "孙");
        String own = observation(one, "2024-01-01", "");
        String others = observation(other, "2024-01-01", "");

        List<String> found = found(hub.get("/" + one + "/$everything"));

        assertThat(found.getFirst()).isEqualTo(one);
        assertThat(found).contains(own, personOf(one)).doesNotContain(other, others);
    }

    @Test
    void pagesHoldEachResourceOnceWhateverIsWrittenMeanwhile() {
        String one = patient("e4", "李");
        String doctor = "Practitioner/" + created(hub.post("/Practitioner", "{\"resourceType\":\"Practitioner\"}"));
        List<String> records = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            records.add(observation(one, "2024-01-01", ",\"performer\":[{\"reference\":\"" + doctor + "\"}]"));
        }
        String person = personOf(one);
        List<String> all = new ArrayList<>();
        Optional<String> page = Optional.of("/" + person + "/$everything?_count=4");
        while (page.isPresent()) {
            ObjectNode bundle = json(hub.get(page.get()), 200);
            assertThat(bundle.path("entry").size()).isBetween(1, 4);
            bundle.path("entry")
                    .forEach(entry -> all.add(entry.at("/resource/resourceType").asText() + "/"
                            + entry.at("/resource/id").asText()));
            page = next(bundle);
            if (all.size() == 8) {
                ObjectNode changed = json(hub.get("/" + records.getFirst()), 200);
                changed.put("status", "amended").put("effectiveDateTime", "2026-01-01");
                json(hub.put("/" + records.getFirst(), changed.toString()), 200);
            }
        }

        assertThat(new HashSet<>(all)).hasSameSizeAs(all);
        assertThat(all).startsWith(person, one).containsAll(records).endsWith(doctor);
    }

    @Test
    void aPageThatGrowsLargeEndsEarlyAndGoesOn() {
        int megabyte = 1_024 * 1_024;
        HubServer.Limits small = new HubServer.Limits(megabyte, megabyte, megabyte / 16, 100L * megabyte);
        TestHub usual = hub;
        try (TestHub other = TestHub.start(WritePolicy.STRICT, Clock.systemUTC(), small)) {
            hub = other;
            String one = patient("l1", "卫");
            List<String> records = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                // Digits that do not compress: what is stored counts.
                String note = new Random(i)
                        .ints(9_000, '0', 'z')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                        .replace("\\", "x");
                records.add(observation(one, "2024-01-01", ",\"note\":[{\"text\":\"" + note + "\"}]"));
            }
            ObjectNode first = json(hub.get("/" + one + "/$everything?_count=100"), 200);

            assertThat(first.path("entry").size()).isBetween(3, 10);
            assertThat(all("/" + one + "/$everything?_count=100"))
                    .containsAll(records)
                    .doesNotHaveDuplicates();
        } finally {
            hub = usual;
        }
    }

    @Test
    void typesAndTimesAndDatesOfCareNarrowIt() throws InterruptedException {
        String one = patient("e5", "周");
        String early = observation(one, "2020-05-01", "");
        Thread.sleep(5);
        String late = observation(one, "2024-05-01", "");
        String since = json(hub.get("/" + late), 200).at("/meta/lastUpdated").asText();
        String everything = "/" + personOf(one) + "/$everything";

        assertThat(all(everything + "?_type=Observation")).containsExactly(early, late);
        assertThat(all(everything + "?_type=Observation,Patient&_count=1")).containsExactly(one, early, late);
        assertThat(all(everything + "?_type=Observation&end=2021")).containsExactly(early);
        assertThat(all(everything + "?_type=Observation&_type=Patient&start=2024-05-01"))
                .as("who has no date of care is there in any case")
                .containsExactly(one, late);
        assertThat(all(everything + "?_type=Observation&_since=" + since)).containsExactly(late);
        refused(hub.get(everything + "?_type=Nothing"), 400, "_type");
        refused(hub.get(everything + "?start=2024&end=2023"), 400, "end");
        refused(hub.get(everything + "?colour=red"), 400, "colour");
    }

    @Test
    void whatTheRecordsReferToIsFoundByItsTypeAlone() {
        String doctor = "Practitioner/" + created(hub.post("/Practitioner", "{\"resourceType\":\"Practitioner\"}"));
        String one = patient("e6", "吴");
        observation(one, "2020-05-01", ",\"performer\":[{\"reference\":\"" + doctor + "\"}]");

        assertThat(all("/" + one + "/$everything?_type=Practitioner")).containsExactly(doctor);
        assertThat(included(hub.post("/" + one + "/$everything", """
                {"resourceType":"Parameters","parameter":[{"name":"_type","valueCode":"Practitioner"}]}"""))).containsExactly(doctor);
    }

    @Test
    void aPageLinkIsGoodForItsRequestOnly() {
        String one = patient("e7", "郑");
        observation(one, "2020-05-01", "");
        String other = patient("e8", "王");
        String link =
                next(json(hub.get("/" + one + "/$everything?_count=1"), 200)).orElseThrow();

        assertThat(json(hub.get(link), 200).path("entry")).hasSize(1);
        refused(hub.get(link.replace(one, other)), 400, "_cursor");
        refused(hub.get(link + "&_type=Patient"), 400, "_cursor");
    }

    @Test
    void whoIsNotKnownIsNotFoundAndWhoIsNoMoreIsGone() {
        String one = patient("e9", "冯");
        String other = patient("e10", "陈");
        String from = personOf(one);
        json(hub.post("/Patient/$merge", """
                {"resourceType":"Parameters","parameter":[
                  {"name":"source-patient","valueReference":{"reference":"%s"}},
                  {"name":"target-patient","valueReference":{"reference":"%s"}}]}""".formatted(one, other)), 200);

        refused(hub.get("/" + from + "/$everything"), 410, "no records any more");
        assertThat(found(hub.get("/" + personOf(other) + "/$everything"))).contains(one, other);
        refused(hub.get("/Person/nobody/$everything"), 404, "not known");
        refused(hub.get("/Patient/nobody/$everything"), 404, "not known");
        String gone = "Patient/" + created(hub.post("/Patient", "{\"resourceType\":\"Patient\"}"));
        assertThat(hub.delete("/" + gone).statusCode()).isBetween(200, 204);
        refused(hub.get("/" + gone + "/$everything"), 410, "deleted");
    }
}

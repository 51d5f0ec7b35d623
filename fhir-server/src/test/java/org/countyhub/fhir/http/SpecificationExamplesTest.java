package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.countyhub.fhir.HubServer;
import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStamp;
import org.countyhub.fhir.transaction.WritePolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every published example of R4 is stored, read back as it was sent, and found by what it says. */
class SpecificationExamplesTest {
    /** Of resources that say much, such as code systems, an even choice of their values. */
    private static final int MAX_CONDITIONS = 12;

    private static final int MAX_CONDITION_LENGTH = 400;

    private static TestHub hub;

    private final OwnValues values = new OwnValues();
    private final Map<String, String> failures = new TreeMap<>();
    private int searched;

    @BeforeAll
    static void start() {
        hub = TestHub.start(new WritePolicy(true, true, false), Clock.systemUTC(), HubServer.Limits.DEFAULT);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spec-json.txt",
                "ibm-json.txt",
                "profiles-pdex-plan-net-json.txt",
                "profiles-pdex-formulary-json.txt"
            })
    void everyExampleIsStoredReadBackEqualAndFoundByItsOwnValues(String index) {
        List<String> examples = PublishedExamples.of(index).toList();

        examples.forEach(this::keep);

        assertThat(failures).isEmpty();
        assertThat(examples).isNotEmpty();
        assertThat(searched).isGreaterThan(examples.size());
    }

    private void keep(String example) {
        ObjectNode sent = Answers.json(PublishedExamples.read(example));
        String type = sent.path("resourceType").asText();
        String id = sent.path("id").asText();
        HttpResponse<String> stored = ResourceKey.isId(id)
                ? hub.put("/" + type + "/" + id, sent.toString(), "Prefer", "return=minimal")
                : hub.post("/" + type, sent.toString(), "Prefer", "return=minimal");
        if (stored.statusCode() != 201 && stored.statusCode() != 200) {
            failures.put(example, "store: " + stored.statusCode() + " " + stored.body());
            return;
        }
        String location = Answers.header(stored, "Location");
        String address = location.substring(location.indexOf("/fhir/") + 5, location.indexOf("/_history"));
        ObjectNode read = Answers.json(hub.get(address, "Accept", "application/fhir+json"), 200);
        if (!ResourceStamp.unstamped(read).equals(ResourceStamp.unstamped(sent))) {
            failures.put(example, "read back unequal");
        }
        find(example, type, address.substring(address.lastIndexOf('/') + 1), values.conditions(read));
    }

    /** All conditions at once; when that does not find the resource, one by one to see which is to blame. */
    private void find(String example, String type, String id, List<String> all) {
        int step = all.size() / MAX_CONDITIONS + 1;
        int first = Math.floorMod(example.hashCode(), step);
        List<String> chosen = IntStream.range(0, all.size())
                .filter(place -> place % step == first)
                .mapToObj(all::get)
                .filter(condition -> condition.length() <= MAX_CONDITION_LENGTH)
                .toList();
        searched += chosen.size();
        if (!finds(type, id, String.join("&", chosen))) {
            chosen.stream()
                    .filter(condition -> !finds(type, id, condition))
                    .forEach(condition -> failures.putIfAbsent(example, "not found by " + condition));
        }
    }

    private static boolean finds(String type, String id, String query) {
        HttpResponse<String> answer = hub.get("/" + type + "?_id=" + id + "&_elements=id&" + query);
        return answer.statusCode() == 200 && answer.body().contains("\"total\":1");
    }
}

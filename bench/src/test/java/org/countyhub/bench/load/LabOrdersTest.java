package org.countyhub.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabOrdersTest {
    private final LabOrders orders =
            new LabOrders(new People("test"), 1_800, List.of("Organization/1"), List.of("Practitioner/1"));

    private JsonNode bundle(int order) {
        return Answers.json(orders.bundle(order).getBytes(UTF_8));
    }

    @Test
    void aBundleHoldsSixteenResources() {
        Map<String, Integer> types = new HashMap<>();
        bundle(7)
                .path("entry")
                .forEach(entry -> types.merge(entry.at("/resource/resourceType").asText(), 1, Integer::sum));
        assertThat(types)
                .isEqualTo(Map.of(
                        "Patient", 1, "ServiceRequest", 1, "Specimen", 1, "DiagnosticReport", 1, "Observation", 12));
    }

    @Test
    void everyReferenceWithinABundleLeadsToAnEntry() {
        JsonNode bundle = bundle(42);
        Set<String> urls = new HashSet<>(bundle.findValuesAsText("fullUrl"));
        assertThat(urls).hasSize(16);
        assertThat(bundle.findValuesAsText("reference"))
                .allMatch(reference -> urls.contains(reference)
                        || reference.equals("Organization/1")
                        || reference.equals("Practitioner/1"));
    }

    @Test
    void theConditionOfThePatientNamesTheCardInIt() {
        JsonNode patient = bundle(3).at("/entry/0");
        assertThat(patient.at("/request/ifNoneExist").asText())
                .isEqualTo("identifier=urn:countyhub:bench:card|"
                        + patient.at("/resource/identifier/0/value").asText());
    }

    @Test
    void aResultIsAsLargeAsALaboratorySendsIt() {
        double bytes = bundle(11)
                .path("entry")
                .valueStream()
                .skip(4)
                .mapToInt(entry -> entry.path("resource").toString().getBytes(UTF_8).length)
                .average()
                .orElseThrow();
        assertThat(bytes).isBetween(1_200.0, 1_500.0);
    }

    @Test
    void aFifthOfTheOrdersAreTheOnlyOnesOfTheirPerson() {
        Map<Integer, Integer> ordersOf = new HashMap<>();
        for (int order = 0; order < orders.orders(); order++) {
            ordersOf.merge(orders.person(order), 1, Integer::sum);
        }
        for (int person = 0; person < orders.peopleWithOne(); person++) {
            assertThat(ordersOf.get(person)).isEqualTo(1);
        }
        assertThat(ordersOf.values().stream().mapToInt(i -> i).max().orElseThrow())
                .isGreaterThan(4);
    }

    @Test
    void isTheSameForTheSameNumber() {
        assertThat(orders.bundle(5)).isEqualTo(orders.bundle(5)).isNotEqualTo(orders.bundle(6));
        assertThat(orders.observation(5, 2, "Patient/1")).isEqualTo(orders.observation(5, 2, "Patient/1"));
    }
}

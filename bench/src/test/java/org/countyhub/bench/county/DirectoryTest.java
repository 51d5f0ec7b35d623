package org.countyhub.bench.county;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectoryTest {
    private static final List<JsonNode> ENTRIES = entries();

    @Test
    void everyEntryUpdatesAFixedIdOnce() {
        assertThat(ENTRIES)
                .allMatch(entry -> entry.at("/request/method").asText().equals("PUT"));
        assertThat(ENTRIES)
                .extracting(entry -> entry.at("/request/url").asText())
                .contains("Organization/nanan-city-hospital", "Organization/haidu-hospital")
                .doesNotHaveDuplicates();
    }

    @Test
    void theResidentIdHasItsCanonicalSystemAndItsAlias() {
        JsonNode system = resource("NamingSystem/resident-id");

        assertThat(system.at("/uniqueId/0/value").asText()).isEqualTo("urn:oid:2.16.156.10011.1.3");
        assertThat(system.at("/uniqueId/0/preferred").asBoolean()).isTrue();
        assertThat(system.findValuesAsText("value"))
                .contains("2.16.840.1.113883.2.23.1.19.1", "urn:oid:2.16.840.1.113883.2.23.1.19.1");
    }

    @Test
    void noSystemPrefersTwoIdentifiersOfOneType() {
        // NamingSystem invariant nsd-2 (FHIR R4).
        assertThat(ENTRIES)
                .filteredOn(entry -> entry.at("/request/url").asText().startsWith("NamingSystem/"))
                .allSatisfy(entry -> {
                    List<String> preferred = new ArrayList<>();
                    entry.at("/resource/uniqueId").forEach(id -> {
                        if (id.path("preferred").asBoolean()) {
                            preferred.add(id.path("type").asText());
                        }
                    });
                    assertThat(preferred).isNotEmpty().doesNotHaveDuplicates();
                });
    }

    @Test
    void itDoesNotDependOnTheSeed() {
        assertThat(Directory.bundle(County.of(2, 1))).isEqualTo(Directory.bundle(County.of(3, 1)));
    }

    private static JsonNode resource(String url) {
        return ENTRIES.stream()
                .filter(entry -> entry.at("/request/url").asText().equals(url))
                .findFirst()
                .orElseThrow()
                .path("resource");
    }

    private static List<JsonNode> entries() {
        List<JsonNode> entries = new ArrayList<>();
        Directory.bundle(County.of(1, 1)).path("entry").forEach(entries::add);
        return entries;
    }
}

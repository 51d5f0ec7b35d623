package org.countyhub.fhir.resource.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every case of the JSON Patch suite that HL7 publishes; it holds the examples of RFC 6902, appendix A. */
class JsonPatchSuiteTest {
    private static final String SUITE = "/org/hl7/fhir/testcases/r4/patch/json-patch-tests.json";

    @TestFactory
    Stream<DynamicTest> suite() throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(SUITE))) {
            return StreamSupport.stream(Trees.MAPPER.readTree(in).spliterator(), false)
                    .map(each -> dynamicTest(each.path("comment").asText(), () -> check(each)))
                    .toList()
                    .stream();
        }
    }

    private static void check(JsonNode each) {
        ObjectNode document = (ObjectNode) each.get("doc");
        ObjectNode before = document.deepCopy();
        JsonPatch patch = JsonPatch.parse(each.get("patch"));
        if (each.has("error")) {
            assertThatThrownBy(() -> patch.apply(document)).isInstanceOf(ProblemException.class);
        } else {
            assertThat((JsonNode) patch.apply(document)).isEqualTo(each.get("expected"));
        }
        assertThat((JsonNode) document).isEqualTo(before);
    }
}

package org.countyhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the hub is for, in one breath. */
class FirstStoryTest {
    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void aPatientThatIsPutInIsFoundByIdentifier() {
        var created = hub.post("/Patient", """
                {"resourceType":"Patient","identifier":[{"system":"urn:oid:2.16.156.10011.1.3","value":"1"}]}""");
        assertThat(created.statusCode()).isEqualTo(201);
        var found = hub.get("/Patient?identifier=urn:oid:2.16.156.10011.1.3|1");
        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.body()).contains("\"total\":1");
    }
}

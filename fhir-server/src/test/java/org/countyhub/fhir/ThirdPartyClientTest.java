package org.countyhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import org.countyhub.kernel.NpmClients;
import org.junit.jupiter.api.Test;

/** fhir-kit-client, which knows nothing of this server, walks the main story; src/test/npm/story.mjs tells it. */
class ThirdPartyClientTest {
    @Test
    void walksTheMainStory() throws Exception {
        try (TestHub hub = TestHub.start()) {
            tellTheStoryTo(hub.base());
        }
    }

    /** Has the client walk the main story on the server at a FHIR base address. */
    static void tellTheStoryTo(String base) throws Exception {
        assertThat(NpmClients.run("story.mjs", base)).contains("ok a refusal is an OperationOutcome");
    }
}

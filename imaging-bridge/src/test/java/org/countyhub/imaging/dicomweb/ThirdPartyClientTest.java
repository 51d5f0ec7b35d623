package org.countyhub.imaging.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import org.countyhub.imaging.Samples;
import org.countyhub.kernel.NpmClients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** dicomweb-client and dcmjs, which know nothing of this server, store, find and fetch; src/test/npm/dicomweb.mjs says what. */
@Timeout(180)
class ThirdPartyClientTest {
    @Test
    void storesFindsAndFetches() throws Exception {
        try (WebServer server = new WebServer()) {
            String said = NpmClients.run(
                    "dicomweb.mjs",
                    "http://127.0.0.1:" + server.port + "/dicomweb",
                    WebServer.BASE,
                    Samples.file("").toString());
            assertThat(said).endsWith("ok what is not there is 404\n");
        }
    }
}

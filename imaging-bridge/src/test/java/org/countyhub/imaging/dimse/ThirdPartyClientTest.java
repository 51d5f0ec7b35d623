package org.countyhub.imaging.dimse;

import static org.assertj.core.api.Assertions.assertThat;

import org.countyhub.imaging.Samples;
import org.countyhub.kernel.NpmClients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** dcmjs-dimse, which knows nothing of this hub, plays modality and workstation; src/test/npm/dimse.mjs says how. */
@Timeout(180)
class ThirdPartyClientTest {
    @Test
    void storesFindsAndFetches() throws Exception {
        int workstation = DcmtkPeers.freePort();
        try (Hub hub = new Hub(HubPeers.file(workstation, ""), null)) {
            hub.worklist.add(WorklistTest.item("ZHANG^SAN=张^三", "A1", "CT", "CT1", "20261130", "083000"));
            hub.worklist.add(WorklistTest.item("LI^SI=李^四", "A2", "CT", "CT1", "20261201", "090000"));
            hub.worklist.add(WorklistTest.item("WANG^WU=王^五", "A3", "MR", "MR1", "20261130", "100000"));
            String said = NpmClients.run(
                    "dimse.mjs",
                    Integer.toString(hub.port),
                    Integer.toString(workstation),
                    Samples.file("").toString());
            assertThat(said).endsWith("ok a modality tells of its work\n");
            assertThat(hub.count("SELECT count(*) FROM imaging.instance")).isEqualTo(7);
            assertThat(hub.count("SELECT count(*) FROM imaging.quarantine")).isEqualTo(1);
            assertThat(hub.ended).containsOnly("2.25.317205893013.1");
        }
    }
}

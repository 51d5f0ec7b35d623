package org.countyhub.imaging.steward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.countyhub.imaging.access.Ground;
import org.countyhub.imaging.access.Reader;
import org.countyhub.imaging.access.Reading;
import org.countyhub.imaging.store.FileBlobs;
import org.countyhub.imaging.store.PgLifecycleStore;
import org.countyhub.imaging.store.PgReadingStore;
import org.countyhub.imaging.store.PgRemovalStore;
import org.countyhub.imaging.store.Studies;
import org.countyhub.imaging.store.TestIndex;
import org.countyhub.imaging.study.lifecycle.StudyDecisions;
import org.countyhub.imaging.study.lifecycle.StudyRemoval;
import org.countyhub.kernel.Db;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class StudyEndpointTest {
    private static final Instant RECEIVED = Instant.parse("2026-03-01T10:20:30Z");

    private static TestIndex index;

    private MockMvc http;
    private PgReadingStore readings;

    @BeforeAll
    static void create() {
        index = new TestIndex();
    }

    @AfterAll
    static void drop() {
        index.close();
    }

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        Db db = index.db();
        FileBlobs blobs = new FileBlobs(directory, 0, Clock.systemUTC());
        readings = new PgReadingStore(db);
        Studies studies = new Studies(db, blobs);
        studies.clear();
        studies.add("1.2.3", "CT", 1, RECEIVED);
        http = MockMvcBuilders.standaloneSetup(new StudyEndpoint(
                        new StudyDecisions(db, new PgLifecycleStore(db), Clock.systemUTC()),
                        new StudyRemoval(db, new PgRemovalStore(db), blobs, Clock.systemUTC()),
                        studies.store,
                        blobs,
                        readings))
                .setControllerAdvice(new Refusals())
                .build();
    }

    @Test
    void whoHasLookedAtAStudyIsTold() throws Exception {
        Reader reader = new Reader("Practitioner/1", "Organization/haidu");
        readings.add(new Reading(0, RECEIVED, reader, "198.51.100.4", "1.2.3", Ground.CARE));
        readings.add(new Reading(0, RECEIVED, reader, "198.51.100.4", "1.2.4", Ground.OWN));
        readings.add(new Reading(0, RECEIVED.plusSeconds(1), reader, "2001:db8::1", "1.2.3", Ground.COUNTY));
        String all = http.perform(get("/studies/1.2.3/readings"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.length()").value(2))
                .andExpect(jsonPath("$[0].at").value("2026-03-01T10:20:30Z"))
                .andExpect(jsonPath("$[0].requester").value("Practitioner/1"))
                .andExpect(jsonPath("$[0].organization").value("Organization/haidu"))
                .andExpect(jsonPath("$[0].address").value("198.51.100.4"))
                .andExpect(jsonPath("$[0].ground").value("CARE"))
                .andExpect(jsonPath("$[1].ground").value("COUNTY"))
                .andReturn()
                .getResponse()
                .getContentAsString();
        int first = JsonPath.read(all, "$[0].id");
        http.perform(get("/studies/1.2.3/readings").param("after", Integer.toString(first)))
                .andExpect(jsonPath("$.length()").value(1));
        http.perform(get("/studies/1.2.3/readings").param("limit", "1"))
                .andExpect(jsonPath("$.length()").value(1));
    }

    @Test
    void aStudyIsShown() throws Exception {
        http.perform(get("/studies/1.2.3"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("RECEIVING"))
                .andExpect(jsonPath("$.since").value("2026-03-01T10:20:30Z"))
                .andExpect(jsonPath("$.patientId").value("P1"))
                .andExpect(jsonPath("$.instances").value(1));
    }

    @Test
    void aDeletionSaysHowMuchItWasAndLeavesATombstone() throws Exception {
        http.perform(delete("/studies/1.2.3").header("X-Requester", "steward").param("reason", "wrong patient"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.instances").value(1))
                .andExpect(jsonPath("$.bytes").value(5_001));
        http.perform(get("/studies/1.2.3"))
                .andExpect(jsonPath("$.state").value("ENTERED_IN_ERROR"))
                .andExpect(jsonPath("$.instances").value(0));
        http.perform(delete("/studies/1.2.3").header("X-Requester", "steward").param("reason", "wrong patient"))
                .andExpect(status().isNotFound());
    }

    @Test
    void whoDecidesSaysWhoAndWhy() throws Exception {
        http.perform(delete("/studies/1.2.3").param("reason", "wrong patient"))
                .andExpect(status().isBadRequest())
                .andExpect(content().string(containsString("X-Requester has to be said")));
        http.perform(post("/studies/1.2.3/cancel").header("X-Requester", "steward"))
                .andExpect(status().isBadRequest())
                .andExpect(content().string(containsString("reason has to be said")));
        http.perform(get("/studies/1.2.3")).andExpect(jsonPath("$.version").value(1));
    }

    @Test
    void aStudyInErrorIsReinstatedBeforeItIsCancelled() throws Exception {
        http.perform(post("/studies/1.2.3/entered-in-error")
                        .header("X-Requester", "steward")
                        .param("reason", "x"))
                .andExpect(jsonPath("$.state").value("ENTERED_IN_ERROR"));
        http.perform(post("/studies/1.2.3/cancel")
                        .header("X-Requester", "steward")
                        .param("reason", "x"))
                .andExpect(status().isConflict());
        http.perform(post("/studies/1.2.3/reinstate")
                        .header("X-Requester", "steward")
                        .param("reason", "x"))
                .andExpect(jsonPath("$.state").value("RECEIVING"))
                .andExpect(jsonPath("$.version").value(3));
        http.perform(post("/studies/1.2.3/cancel")
                        .header("X-Requester", "steward")
                        .param("reason", "x"))
                .andExpect(jsonPath("$.state").value("CANCELLED"));
    }

    @Test
    void theFilesOfAStudyInErrorAreStillThereForWhoeverDecides() throws Exception {
        http.perform(post("/studies/1.2.3/entered-in-error")
                        .header("X-Requester", "steward")
                        .param("reason", "x"))
                .andExpect(status().isOk());
        http.perform(get("/studies/1.2.3/instances"))
                .andExpect(jsonPath("$.length()").value(1))
                .andExpect(jsonPath("$[0].sopInstanceUid").value("1.2.3.9.1"))
                .andExpect(jsonPath("$[0].patientCorrected").value(false));
        byte[] file = http.perform(get("/studies/1.2.3/instances/1.2.3.9.1/file"))
                .andExpect(status().isOk())
                .andExpect(content().contentType("application/dicom"))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        assertThat(file).hasSize(5_001);
        http.perform(get("/studies/4.4/instances")).andExpect(status().isNotFound());
        http.perform(get("/studies/4.4/instances/1.2.3.9.1/file")).andExpect(status().isNotFound());
    }

    @Test
    void whatIsNotHereOrNoUidIsNotFound() throws Exception {
        http.perform(get("/studies/4.4")).andExpect(status().isNotFound());
        http.perform(get("/studies/abc")).andExpect(status().isNotFound());
    }
}

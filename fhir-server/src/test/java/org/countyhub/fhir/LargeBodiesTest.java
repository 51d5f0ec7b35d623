package org.countyhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies of many small elements take several times their size of memory; they wait for one another where it is short. */
class LargeBodiesTest {
    private static final int BODIES = 4;
    private static final int ITEMS = 550_000;

    /** A Questionnaire of 18 MB; with four of them at once the heap of the process, 512 MB, would overflow. */
    private static String questionnaire() {
        String item = "{\"linkId\":\"1\",\"type\":\"display\"}";
        return "{\"resourceType\":\"Questionnaire\",\"status\":\"draft\",\"item\":[" + (item + ",").repeat(ITEMS - 1)
                + item + "]}";
    }

    @Test
    void largeBodiesSentAtOnceAreAllTaken(@TempDir Path directory) throws Exception {
        String body = questionnaire();
        try (HubProcess hub = HubProcess.start(directory);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> answers = IntStream.range(0, BODIES)
                    .mapToObj(client -> clients.submit(() -> hub.send("POST", "/Questionnaire", body)))
                    .toList();
            for (Future<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(201);
            }
            hub.await(200);
        }
    }
}

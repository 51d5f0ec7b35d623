package org.countyhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
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

    /** A Patient with many names, none of them twice. */
    private static String patient(int names) {
        return "{\"resourceType\":\"Patient\",\"name\":[{\"given\":["
                + IntStream.range(0, names)
                        .mapToObj(name -> "\"%07d\"".formatted(name))
                        .collect(Collectors.joining(","))
                + "]}]}";
    }

    @Test
    void moreToSearchForThanThereIsMemoryIsRefusedAndOthersWaitTheirTurn(@TempDir Path directory) throws Exception {
        String many = patient(100_000);
        try (HubProcess hub = HubProcess.start(directory);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            HttpResponse<String> refused = hub.send("POST", "/Patient", patient(1_000_000));
            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(refused.body()).contains("too-costly", "values to search for");

            List<Future<HttpResponse<String>>> answers = IntStream.range(0, BODIES)
                    .mapToObj(client -> clients.submit(() -> hub.send("POST", "/Patient", many)))
                    .toList();
            for (Future<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(201);
            }
            hub.await(200);
        }
    }
}

package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.http.RandomObservations.Observed;
import org.countyhub.fhir.http.RandomObservations.Question;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Random records and random searches: the server finds what a plain reading of the specification finds. */
class SearchOracleTest {
    private static final long SEED = 20260301;
    private static final int RECORDS = 300;
    private static final int SEARCHES = 400;

    private static TestHub hub;
    private static final List<Observed> OBSERVED = new ArrayList<>();

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        Random random = new Random(SEED);
        Bundles bundle = Bundles.transaction();
        for (String patient : RandomObservations.PATIENTS) {
            bundle.put("Patient/" + patient, RandomObservations.patient(patient));
        }
        for (int i = 0; i < RECORDS; i++) {
            Observed observed = RandomObservations.next("o" + i, random);
            OBSERVED.add(observed);
            bundle.put("Observation/" + observed.id(), observed.json());
        }
        Answers.json(hub.post("", bundle.toString()), 200);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void everySearchFindsExactlyWhatTheOracleFinds() {
        Random random = new Random(SEED + 1);
        int found = 0;
        for (int i = 0; i < SEARCHES; i++) {
            List<Question> questions = RandomObservations.questions(random);
            String sort = random.nextBoolean() ? "date,_id" : "-date,_id";
            Comparator<Observed> order = Comparator.comparing(Observed::low);
            List<String> expected = OBSERVED.stream()
                    .filter(observed -> questions.stream()
                            .allMatch(question -> question.holds().test(observed)))
                    .sorted((sort.startsWith("-") ? order.reversed() : order).thenComparing(Observed::id))
                    .map(observed -> "Observation/" + observed.id())
                    .toList();
            String query =
                    String.join("&", questions.stream().map(Question::query).toList());

            assertThat(pages("/Observation?" + query + "&_sort=" + sort + "&_count=" + (1 + random.nextInt(60))))
                    .as(query + "&_sort=" + sort)
                    .isEqualTo(expected);
            found += expected.size();
        }
        assertThat(found).as("searches that find something").isGreaterThan(SEARCHES);
    }

    private static List<String> pages(String path) {
        List<String> keys = new ArrayList<>();
        Optional<String> next = Optional.of(path);
        while (next.isPresent()) {
            var answer = hub.get(next.get());
            keys.addAll(Answers.found(answer));
            ObjectNode bundle = Answers.json(answer, 200);
            next = Answers.next(bundle);
        }
        return keys;
    }
}

package org.countyhub.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Workload 3, the county's own questions: who is this card, what did they have, what was the last value. */
final class CountySearches {
    private static final int CONNECTIONS = 8;
    private static final int DISTINCT = 4_096;
    private static final String LOINC = "http://loinc.org";

    private final Session session;
    private final Dataset dataset;
    private final LabOrders orders;
    private final SplittableRandom random = new SplittableRandom(3);

    CountySearches(Session session, Dataset dataset) {
        this.session = session;
        this.dataset = dataset;
        this.orders = dataset.orders();
    }

    void searches() {
        People people = orders.people();
        measure(
                RowNames.BY_CARD,
                i -> "Patient?" + people.byCard("identifier", dataset.anyPerson(random)),
                bundle -> require(bundle, Answers.count(bundle, "match") == 1, "one patient"));
        measure(
                RowNames.REPORTS_BY_CARD,
                i -> "DiagnosticReport?" + people.byCard("patient.identifier", dataset.anyPerson(random)),
                bundle -> require(bundle, Answers.count(bundle, "match") >= 1, "a report"));
        measure(
                RowNames.LAST_VALUES,
                i -> {
                    int order = random.nextInt(orders.orders());
                    Analyte analyte = People.pick(orders.panel(order).analytes(), random);
                    return "Observation?subject=" + dataset.patient(orders.person(order)) + "&code="
                            + FhirBase.encode(LOINC + "|" + analyte.loinc()) + "&_sort=-date&_count=20";
                },
                bundle -> require(bundle, Answers.count(bundle, "match") >= 1, "a result"));
    }

    /** Reports with their results: of people with one report, then of people with about five. */
    void includes() {
        measure(
                RowNames.REPORT_WITH_RESULTS,
                i -> withResults(random.nextInt(orders.peopleWithOne())),
                bundle -> require(
                        bundle,
                        Answers.count(bundle, "match") == 1 && Answers.count(bundle, "include") == LabOrders.RESULTS,
                        "one report and its 12 results"));
        measure(
                "DiagnosticReport?subject&_include=result (about 5 × 12)",
                i -> withResults(orders.person(1 + random.nextInt(orders.orders() / 5) * 5)),
                bundle -> require(bundle, Answers.count(bundle, "include") >= LabOrders.RESULTS, "results"));
    }

    private String withResults(int person) {
        return "DiagnosticReport?subject=" + dataset.patient(person) + "&_include="
                + FhirBase.encode("DiagnosticReport:result");
    }

    private void measure(String name, IntFunction<String> query, Consumer<JsonNode> check) {
        byte[][] requests = IntStream.range(0, DISTINCT)
                .mapToObj(i -> session.base().get(query.apply(i)))
                .toArray(byte[][]::new);
        try (HttpConnection connection = new HttpConnection(session.base())) {
            for (int i = 0; i < 20; i++) {
                if (connection.expect(requests[i], 200, 400) == 400) {
                    session.add(Row.notOffered(name, "/s", SearchMix.diagnostics(connection)));
                    return;
                }
                check.accept(Answers.json(connection));
            }
        }
        session.rate(
                name,
                CONNECTIONS,
                session.warmed(
                        session.base(),
                        CONNECTIONS,
                        session.scaled(30_000, 1_000),
                        session.volume(40_000, 3_000),
                        index -> requests[index % requests.length]));
    }

    private static void require(JsonNode bundle, boolean holds, String expected) {
        if (!holds) {
            throw new LoadFailure("a search did not find " + expected + ":\n" + bundle.toPrettyString());
        }
    }
}

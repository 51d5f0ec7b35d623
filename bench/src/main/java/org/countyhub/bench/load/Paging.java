package org.countyhub.bench.load;

import java.util.Optional;

/** Workload 3: a late page must cost no more than the first. */
final class Paging {
    private static final int LATE_PAGE = 50;
    private static final String FIRST = "Observation?category=laboratory&_count=20";

    private Paging() {}

    static void run(Session session) {
        FhirBase base = session.base();
        byte[] first = base.get(FIRST);
        byte[] late = first;
        int page = 1;
        try (HttpConnection connection = new HttpConnection(base)) {
            if (connection.expect(first, 200, 400) == 400) {
                session.add(Row.notOffered("page 1 of results", "ms", SearchMix.diagnostics(connection)));
                return;
            }
            Optional<String> next = Answers.link(Answers.json(connection), "next");
            while (next.isPresent() && page < LATE_PAGE) {
                late = base.follow(next.get());
                page++;
                connection.expect(late, 200);
                next = Answers.link(Answers.json(connection), "next");
            }
        }
        byte[] latest = late;
        // Alternating on one connection, so that both see the same machine.
        Measurement both = session.warmed(
                        base, 1, 200, session.volume(2_000, 400), index -> index % 2 == 0 ? first : latest)
                .measurement();
        Percentiles firstLatency = both.percentiles(index -> index % 2 == 0);
        Percentiles lateLatency = both.percentiles(index -> index % 2 == 1);
        session.add(Row.of("page 1 of results", firstLatency.p50(), "ms").with(firstLatency));
        session.add(
                Row.of("page " + page + " of results", lateLatency.p50(), "ms").with(lateLatency));
    }
}

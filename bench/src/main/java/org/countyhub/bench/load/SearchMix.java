package org.countyhub.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Workload 3, the mix: searches drawn evenly from the groups that the server offers. */
final class SearchMix {
    private static final int CONNECTIONS = 8;

    private SearchMix() {}

    static void run(Session session, List<SearchGroup> groups) {
        List<SearchGroup> offered = new ArrayList<>();
        for (SearchGroup group : groups) {
            Optional<String> refusal = refusal(session, group);
            if (refusal.isPresent()) {
                session.add(Row.notOffered("  " + group.name(), "ms", refusal.get()));
            } else {
                offered.add(group);
            }
        }
        if (offered.isEmpty()) {
            return;
        }
        Load.Volume volume = session.volume(24_000, 2_400);
        SplittableRandom random = new SplittableRandom(9);
        int[] group = random.ints(volume.requests(), 0, offered.size()).toArray();
        byte[][] requests = new byte[volume.requests()][];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = session.base().get(People.pick(offered.get(group[i]).queries(), random));
        }
        Session.Costed run = session.warmed(session.base(), CONNECTIONS, requests.length / 3, volume, i -> requests[i]);
        session.rate("mix of " + offered.size() + " of " + groups.size() + " search groups", CONNECTIONS, run);
        for (int g = 0; g < offered.size(); g++) {
            int number = g;
            if (run.measurement().hasAny(i -> group[i] == number)) {
                Percentiles latency = run.measurement().percentiles(i -> group[i] == number);
                session.add(Row.of("  " + offered.get(g).name(), latency.p50(), "ms")
                        .with(latency));
            }
        }
    }

    /** What the server says against a search of the group; empty when it answers all of them. */
    private static Optional<String> refusal(Session session, SearchGroup group) {
        try (HttpConnection connection = new HttpConnection(session.base())) {
            for (String query : group.queries()) {
                if (connection.expect(session.base().get(query), 200, 400) == 400) {
                    return Optional.of(query + ": " + diagnostics(connection));
                }
            }
            return Optional.empty();
        }
    }

    /** The first diagnostics of an OperationOutcome, or the start of whatever else was answered. */
    static String diagnostics(HttpConnection answer) {
        String text = answer.bodyText();
        if (!text.startsWith("{")) {
            return text.substring(0, Math.min(120, text.length()));
        }
        JsonNode issue = Answers.json(answer).path("issue").path(0);
        return issue.path("diagnostics").asText(issue.path("code").asText("no diagnostics"));
    }
}

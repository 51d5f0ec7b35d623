package org.countyhub.bench.demo;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.countyhub.bench.county.Card;
import org.countyhub.bench.county.CardType;
import org.countyhub.bench.county.County;
import org.countyhub.bench.county.Order;
import org.countyhub.bench.county.Panel;
import org.countyhub.bench.county.ReportKind;
import org.countyhub.bench.county.Reports;

/** Questions worth asking after the load, with codes of people who have many reports. */
final class Samples {
    private static final String CREATININE = "14682-9";
    private static final String LOINC = "http://loinc.org";

    private final Map<Card, Integer> reports = new HashMap<>();
    private final Map<Card, Integer> creatinine = new HashMap<>();

    private Samples() {}

    /** Counts the reports of every card over the first orders of the county. */
    static Samples of(County county, int orders) {
        Samples samples = new Samples();
        for (int i = 0; i < orders; i++) {
            samples.count(county.order(i));
        }
        return samples;
    }

    /** Shell commands, each with what it asks in a comment before it. */
    List<String> commands(URI base) {
        List<String> commands = new ArrayList<>();
        most(reports, CardType.SOCIAL_SECURITY_CARD)
                .ifPresent(card -> commands.add(
                        reportsOf(base, card, "All reports of one person by social security card, newest first")));
        most(reports, CardType.HEALTH_CARD)
                .ifPresent(card -> commands.add(
                        reportsOf(base, card, "All reports of one person by health card, with the results included")
                                .replace("&_sort", "&_include=DiagnosticReport:result&_sort")));
        most(creatinine, CardType.RESIDENT_ID)
                .ifPresent(card -> commands.add("# The creatinine history of one person by resident ID\n"
                        + curl(base + "/Observation?patient.identifier=" + token(card) + "&code=" + LOINC + "%7C"
                                + CREATININE + "&_sort=-date")));
        return commands;
    }

    private void count(Order order) {
        boolean measuresCreatinine = order.kind() == ReportKind.LABORATORY
                && Reports.panel(order).code().equals(Panel.BIOCHEMISTRY.code());
        for (Card card : order.registration().cards()) {
            reports.merge(card, 1, Integer::sum);
            if (measuresCreatinine) {
                creatinine.merge(card, 1, Integer::sum);
            }
        }
    }

    private static Optional<Card> most(Map<Card, Integer> counts, CardType type) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().type() == type)
                // The value breaks ties, so that two runs print the same commands.
                .max(Map.Entry.<Card, Integer>comparingByValue()
                        .thenComparing(entry -> entry.getKey().value()))
                .map(Map.Entry::getKey);
    }

    private static String reportsOf(URI base, Card card, String question) {
        return "# " + question + "\n"
                + curl(base + "/DiagnosticReport?patient.identifier=" + token(card) + "&_sort=-date&_count=20");
    }

    private static String curl(String url) {
        return "curl -s '" + url + "'";
    }

    private static String token(Card card) {
        return card.token().replace("|", "%7C");
    }
}

package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Links reports and orders that come after their study was published, by following what is written in the FHIR server; a study that
 * comes after them is linked when it is published. By which rules: {@link ReportRule} and {@link Orders}, within one person always.
 * A report whose hospital writes it anew without the link gets it again.
 */
public final class LateArrivals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LateArrivals.class);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final int NUMBERS_A_SEARCH = 50;
    private static final String MAX = "1000";

    private final FhirClient client;
    private final Persons persons;
    private final Orders orders;
    private final Reports reports;
    private final List<ChangeFeed> feeds;
    private final Loop loop;

    /** A follower that is not running yet. */
    public LateArrivals(FhirClient client, Clock clock) {
        this.client = client;
        this.persons = new Persons(client);
        this.orders = new Orders(client);
        this.reports = new Reports(client);
        this.feeds = List.of(
                new ChangeFeed(client, "ServiceRequest", clock, this::ordered),
                new ChangeFeed(client, "DiagnosticReport", clock, this::reported));
        this.loop = new Loop("fhir-late-arrivals", this::round);
    }

    /** Starts following. */
    public void start() {
        loop.start();
    }

    /** Reads what is new in both feeds; gives how long to wait before the next round. */
    Duration round() {
        boolean more = false;
        for (ChangeFeed feed : feeds) {
            more |= feed.read();
        }
        return more ? Duration.ZERO : IDLE;
    }

    private void reported(List<JsonNode> page) {
        Set<String> numbers = new LinkedHashSet<>();
        Set<String> based = new LinkedHashSet<>();
        for (JsonNode report : page) {
            Token.all(report.path("identifier")).forEach(token -> numbers.add(token.search()));
            for (JsonNode imaging : report.path("imagingStudy")) {
                Token.all(List.of(imaging.path("identifier"))).forEach(token -> numbers.add(token.search()));
            }
            for (JsonNode order : report.path("basedOn")) {
                Token.all(List.of(order.path("identifier"))).forEach(token -> numbers.add(token.search()));
                Optional.ofNullable(client.local(order.path("reference").asText()))
                        .filter(reference -> reference.startsWith("ServiceRequest/"))
                        .ifPresent(based::add);
            }
        }
        Map<String, PublishedStudy> studies = new LinkedHashMap<>();
        find("identifier", numbers).forEach(resource -> keep(resource, studies));
        find("basedon", based).forEach(resource -> keep(resource, studies));
        Map<String, CountyPerson> known = new HashMap<>();
        for (JsonNode report : page) {
            for (PublishedStudy study : studies.values()) {
                if (ReportRule.isAbout(report, study, client)) {
                    CountyPerson person = known.computeIfAbsent(study.subject(), persons::of);
                    attempt(report, () -> reports.attach(report, study, person));
                }
            }
        }
    }

    private void keep(JsonNode resource, Map<String, PublishedStudy> studies) {
        PublishedStudy study = PublishedStudy.of(resource, PublishedStudy.reference(resource), client);
        if (study != null) {
            studies.put(study.reference(), study);
        }
    }

    private List<JsonNode> find(String parameter, Set<String> values) {
        List<JsonNode> found = new ArrayList<>();
        List<String> all = List.copyOf(values);
        for (int from = 0; from < all.size(); from += NUMBERS_A_SEARCH) {
            List<String> some = all.subList(from, Math.min(from + NUMBERS_A_SEARCH, all.size()));
            found.addAll(client.search("ImagingStudy", Map.of(parameter, String.join(",", some), "_count", MAX)));
        }
        return found;
    }

    private void ordered(List<JsonNode> page) {
        Set<String> numbers = new LinkedHashSet<>();
        page.forEach(order -> Token.all(order.path("identifier")).forEach(token -> numbers.add(token.search())));
        for (JsonNode resource : find("identifier", numbers)) {
            PublishedStudy study = PublishedStudy.of(resource, PublishedStudy.reference(resource), client);
            if (study != null && !study.withdrawn() && study.orders().isEmpty()) {
                attempt(resource, () -> order(resource, study));
            }
        }
    }

    /** Names the order in a study that has none; a study that was changed meanwhile comes by again with its next version. */
    private void order(JsonNode resource, PublishedStudy study) {
        CountyPerson person = persons.of(study.subject());
        for (Token accession : study.accessions()) {
            Optional<String> order = orders.of(accession, person);
            if (order.isPresent()) {
                ObjectNode operation =
                        JsonNodeFactory.instance.objectNode().put("op", "add").put("path", "/basedOn");
                operation.putArray("value").addObject().put("reference", order.get());
                String version = resource.path("meta").path("versionId").asText();
                Answer answer = client.patch(
                        study.reference(),
                        version,
                        JsonNodeFactory.instance.arrayNode().add(operation));
                if (answer.status() != 412) {
                    answer.ok();
                }
                return;
            }
        }
    }

    /** What the server refuses is told and left, since the feed has to go on; when it is away the feed waits. */
    private static void attempt(JsonNode about, Runnable link) {
        try {
            link.run();
        } catch (ProblemException e) {
            if (e.problem() instanceof Problem.Busy) {
                throw e;
            }
            LOG.warn("{} could not be linked: {}", PublishedStudy.reference(about), e.getMessage());
        }
    }

    /** Ends following, and keeps how far it has come. */
    @Override
    public void close() {
        loop.close();
        for (ChangeFeed feed : feeds) {
            try {
                feed.keep();
            } catch (ProblemException e) {
                LOG.info("the position in a feed could not be kept: {}", e.getMessage());
            }
        }
    }
}

package org.countyhub.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Workload 5: sixty-four clients that want the same thing at the same time. Nothing may be there twice, no acknowledged
 * update may be lost, a transaction shows whole or not at all, and no client may be told of a deadlock.
 */
final class Races {
    private static final int CLIENTS = 64;
    private static final int SHARED = 8;
    private static final int MAX_SECONDS = 60;
    private static final int MAX_TRIES = 2_000;

    private final Session session;
    private final FhirBase base;
    private final int rounds;
    private final People people = new People(Long.toString(System.currentTimeMillis(), 36) + "r");
    private final AtomicInteger refusals = new AtomicInteger();
    private final Set<String> refused = Collections.synchronizedSet(new HashSet<>());

    private Races(Session session) {
        this.session = session;
        this.base = session.base();
        this.rounds = session.scaled(20, 4);
    }

    static void run(Session session) {
        Races races = new Races(session);
        races.conditionalCreates();
        races.conditionalCreatesInTransactions();
        races.updates();
        races.overlappingTransactions();
        session.add(
                Row.of(RowNames.REFUSALS, races.refusals.get(), "answers").noting(String.join("; ", races.refused)));
    }

    /** FHIR R4 section 3.1.0.8.1: of many conditional creates of one thing, one creates and the others find. */
    private void conditionalCreates() {
        together((number, round, connection) -> {
            byte[] request =
                    base.post("Patient", people.patient(round), "If-None-Exist: " + people.byCard("identifier", round));
            allowed(connection, request, 200, 201);
        });
        duplicates(RowNames.DUPLICATES, 0);
    }

    private void conditionalCreatesInTransactions() {
        together((number, round, connection) -> {
            int person = rounds + round;
            String condition = "identifier=" + People.CARD_SYSTEM + "|" + people.card(person);
            byte[] request = base.post(
                    "",
                    "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
                            + LabOrders.entry(
                                    LabOrders.urn(number, round), people.patient(person), "Patient", condition)
                            + "]}");
            allowed(connection, request, 200);
        });
        duplicates(RowNames.BUNDLE_DUPLICATES, rounds);
    }

    /** Asks how many there are of each person that the rounds created. */
    private void duplicates(String row, int firstPerson) {
        int duplicates = 0;
        try (HttpConnection connection = new HttpConnection(base)) {
            for (int round = 0; round < rounds; round++) {
                connection.expect(base.get("Patient?" + people.byCard("identifier", firstPerson + round)), 200);
                int matches = Answers.count(Answers.json(connection), "match");
                if (matches == 0) {
                    throw new LoadFailure("after " + CLIENTS + " conditional creates there is no patient");
                }
                duplicates += matches - 1;
            }
        }
        session.add(Row.of(row, duplicates, "resources").noting("of " + CLIENTS * rounds + " attempts"));
    }

    /** Each client reads a counter and writes one more under If-Match until it was let through. */
    private void updates() {
        String counter = create(counter(0));
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicInteger stale = new AtomicInteger();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_SECONDS);
        Load.clients(base, CLIENTS, (number, connection) -> {
            for (int attempt = 0; attempt < MAX_TRIES && System.nanoTime() < deadline; attempt++) {
                connection.expect(base.get(counter), 200);
                JsonNode current = Answers.json(connection);
                String body =
                        Singles.withId(counter(current.path("valueInteger").asInt() + 1), counter);
                String version = current.at("/meta/versionId").asText();
                byte[] request = base.put(counter, body, "If-Match: W/\"" + version + "\"");
                if (allowed(connection, request, 200, 412) && connection.status() == 200) {
                    acknowledged.incrementAndGet();
                    return;
                }
                stale.incrementAndGet();
            }
        });
        int value = read(counter).path("valueInteger").asInt();
        session.add(Row.of(RowNames.LOST_UPDATES, acknowledged.get() - (double) value, "updates")
                .noting(acknowledged + " acknowledged, " + stale + " told that their version was old"));
    }

    /** Each transaction writes its mark into the same resources, named in an order of its own. */
    private void overlappingTransactions() {
        List<String> shared = new ArrayList<>();
        for (int i = 0; i < SHARED; i++) {
            shared.add(create(counter(0)));
        }
        together((number, round, connection) -> {
            List<String> order = new ArrayList<>(shared);
            Collections.shuffle(order, new Random(number * 1_000L + round));
            List<String> entries = order.stream()
                    .map(reference -> "{\"resource\":"
                            + Singles.withId(counter(1 + number + CLIENTS * round), reference)
                            + ",\"request\":{\"method\":\"PUT\",\"url\":\"" + reference + "\"}}")
                    .toList();
            allowed(
                    connection,
                    base.post(
                            "",
                            "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
                                    + String.join(",", entries) + "]}"),
                    200);
        });
        Set<Integer> marks = new HashSet<>();
        Set<String> versions = new HashSet<>();
        for (String reference : shared) {
            JsonNode resource = read(reference);
            marks.add(resource.path("valueInteger").asInt());
            versions.add(resource.at("/meta/versionId").asText());
        }
        // All the same: one transaction was the last on every resource, and each counted every transaction.
        int differences = marks.size() - 1 + versions.size() - 1;
        session.add(Row.of(RowNames.TORN_TRANSACTIONS, differences, "differences")
                .noting(CLIENTS * rounds + " transactions over the same " + SHARED + " resources"));
    }

    private static String counter(int value) {
        return "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"counter\"},\"valueInteger\":"
                + value + "}";
    }

    private String create(String observation) {
        try (HttpConnection connection = new HttpConnection(base)) {
            connection.expect(base.post("Observation", observation), 201);
            return Answers.created(connection);
        }
    }

    private JsonNode read(String reference) {
        try (HttpConnection connection = new HttpConnection(base)) {
            connection.expect(base.get(reference), 200);
            return Answers.json(connection);
        }
    }

    /** One attempt of one client in one round. */
    @FunctionalInterface
    private interface Attempt {
        void run(int number, int round, HttpConnection connection);
    }

    /** All clients at once, round by round; each round starts for all at the same moment. */
    private void together(Attempt attempt) {
        CyclicBarrier start = new CyclicBarrier(CLIENTS);
        Load.clients(base, CLIENTS, (number, connection) -> {
            for (int round = 0; round < rounds; round++) {
                await(start);
                attempt.run(number, round, connection);
            }
        });
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(MAX_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadFailure("interrupted", e);
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new LoadFailure("a client of a race did not come to the start", e);
        }
    }

    /** Sends; an answer that is not allowed, such as 500, 503 or a deadlock as 409, is counted and kept for the note. */
    private boolean allowed(HttpConnection connection, byte[] request, int... statuses) {
        int status = connection.exchange(request);
        for (int each : statuses) {
            if (each == status) {
                return true;
            }
        }
        refusals.incrementAndGet();
        if (refused.size() < 3) {
            refused.add(HttpConnection.firstLine(request).replaceFirst("\\?.*", "") + " answered " + status + ": "
                    + SearchMix.diagnostics(connection));
        }
        return false;
    }
}

package org.countyhub.bench.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Workload 2: create nine linked resources, read all, update all with one field changed, delete all in reverse order, so
 * that nothing referenced is deleted before what refers to it.
 */
final class Crud {
    private static final int CONNECTIONS = 8;
    private static final int MAX_SECONDS = 30;

    private enum Interaction {
        CREATE,
        READ,
        UPDATE,
        DELETE;

        boolean allows(int status) {
            return switch (this) {
                case CREATE -> status == 201;
                case READ, UPDATE -> status == 200;
                case DELETE -> status == 200 || status == 204;
            };
        }
    }

    /** A resource of an iteration, and the name under which the later ones refer to it. */
    private record Step(String type, String name, Template template) {
        Step(String type, String file) {
            this(type, file, new Template(file));
        }
    }

    private static final List<Step> STEPS = List.of(
            new Step("Patient", "patient"),
            new Step("Location", "location"),
            new Step("Organization", "organization"),
            new Step("Practitioner", "practitioner"),
            new Step("Encounter", "encounter"),
            new Step("Observation", "blood-pressure"),
            new Step("MedicationRequest", "prescription", new Template("medication-request")),
            new Step("Claim", "claim"),
            new Step("ExplanationOfBenefit", "explanation-of-benefit"));

    private final Session session;
    private final People people = new People(Long.toString(System.currentTimeMillis(), 36) + "c");
    private final int iterations;

    /** By interaction, and within it by iteration and step; 0 where nothing was sent. */
    private final Map<Interaction, long[]> latencyNanos = new EnumMap<>(Interaction.class);

    private Crud(Session session, int iterations) {
        this.session = session;
        this.iterations = iterations;
        for (Interaction interaction : Interaction.values()) {
            latencyNanos.put(interaction, new long[iterations * STEPS.size()]);
        }
    }

    static void run(Session session) {
        new Crud(session, session.scaled(100, 16)).send();
        Crud measured = new Crud(session, session.scaled(600, 40));
        measured.send();
        measured.report();
    }

    private void send() {
        AtomicInteger next = new AtomicInteger();
        long deadline = System.nanoTime() + MAX_SECONDS * 1_000_000_000L;
        Load.clients(session.base(), CONNECTIONS, (number, connection) -> {
            for (int i = next.getAndIncrement();
                    i < iterations && System.nanoTime() < deadline;
                    i = next.getAndIncrement()) {
                iterate(connection, i);
            }
        });
    }

    private void iterate(HttpConnection connection, int iteration) {
        FhirBase base = session.base();
        Map<String, Object> values = values(iteration);
        List<String> references = new ArrayList<>();
        List<String> bodies = new ArrayList<>();
        for (int step = 0; step < STEPS.size(); step++) {
            Step current = STEPS.get(step);
            String body = current.type().equals("Patient")
                    ? people.patient(iteration)
                    : current.template().fill(values);
            timed(connection, Interaction.CREATE, iteration, step, base.post(current.type(), body));
            String reference = Answers.created(connection);
            values.put(current.name(), reference);
            references.add(reference);
            bodies.add(body);
        }
        for (int step = 0; step < STEPS.size(); step++) {
            timed(connection, Interaction.READ, iteration, step, base.get(references.get(step)));
        }
        for (int step = 0; step < STEPS.size(); step++) {
            String reference = references.get(step);
            byte[] request = base.put(reference, changed(bodies.get(step), reference));
            timed(connection, Interaction.UPDATE, iteration, step, request);
        }
        for (int step = STEPS.size() - 1; step >= 0; step--) {
            timed(connection, Interaction.DELETE, iteration, step, base.delete(references.get(step)));
        }
    }

    /** One field more: the language, which every type has. */
    private static String changed(String resource, String reference) {
        return Singles.withId("{\"language\":\"en\"," + resource.substring(1), reference);
    }

    private Map<String, Object> values(int iteration) {
        Map<String, Object> values = new HashMap<>(Ingest.institution(people, iteration));
        values.put("status", "finished");
        values.put("class", "AMB");
        values.put("start", "2024-03-04T08:00:00+08:00");
        values.put("effective", "2024-03-04T08:10:00+08:00");
        values.put("end", "2024-03-04T08:20:00+08:00");
        values.put("systolic", 118 + iteration % 40);
        values.put("diastolic", 70 + iteration % 20);
        return values;
    }

    private void timed(HttpConnection connection, Interaction interaction, int iteration, int step, byte[] request) {
        long sent = System.nanoTime();
        int status = connection.exchange(request);
        latencies(interaction)[iteration * STEPS.size() + step] = Math.max(1, System.nanoTime() - sent);
        if (!interaction.allows(status)) {
            throw new LoadFailure(
                    HttpConnection.firstLine(request) + " answered " + status + ":\n" + connection.bodyText());
        }
    }

    private long[] latencies(Interaction interaction) {
        return Objects.requireNonNull(latencyNanos.get(interaction));
    }

    private void report() {
        for (Interaction interaction : Interaction.values()) {
            long[] sent = Arrays.stream(latencies(interaction))
                    .filter(nanos -> nanos > 0)
                    .toArray();
            // The interactions take turns on each connection: the rate that all connections would reach with this one.
            double perSecond =
                    CONNECTIONS * sent.length * 1e9 / Arrays.stream(sent).sum();
            String name = "CRUD of nine linked types: " + interaction.name().toLowerCase(Locale.ROOT);
            session.add(Row.of(name, perSecond, "/s").with(Percentiles.of(sent)));
        }
    }
}

package org.countyhub.bench.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.countyhub.bench.county.Card;
import org.countyhub.bench.county.PatientLines;
import org.countyhub.bench.county.Person;
import org.countyhub.bench.county.Registration;

/**
 * What is asked about the persons of a county that was loaded: who has this card, who looks like this one, and what results
 * someone has, wherever they were made. Cards and people are drawn anew for each request, so that few are asked for twice.
 */
final class PersonQueries {
    private static final int CONNECTIONS = 4;
    private static final int DISTINCT = 20_000;
    private static final int WITH_RESULTS = 2_000;
    private static final int RESULTS_EACH = 10;
    private static final int PATIENTS_A_BUNDLE = 50;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Session session;
    private final List<Person> people;
    private final SplittableRandom random = new SplittableRandom(11);

    private PersonQueries(Session session, List<Person> people) {
        this.session = session;
        this.people = people;
    }

    /** Adds results for some of the people, and the rows. */
    static void run(Session session, List<Person> people) {
        PersonQueries queries = new PersonQueries(session, people);
        List<String> patients = queries.addResults();
        session.database().ifPresent(Database::vacuumAnalyze);
        queries.resolve();
        queries.match();
        queries.results(patients);
    }

    private void resolve() {
        byte[][] requests = requests(DISTINCT, i -> {
            Card card = anyCard();
            return session.base().get("Person/$resolve?identifier=" + FhirBase.encode(card.token()));
        });
        Session.Costed run = measure(requests, session.volume(40_000, 500));
        session.rate(RowNames.RESOLVE, CONNECTIONS, run);
        session.add(Row.of(RowNames.RESOLVE_P50, run.measurement().percentiles().p50(), "ms"));
    }

    /** A card that a hospital has seen and that means the same everywhere. */
    private Card anyCard() {
        while (true) {
            Registration registration = anyone().registrations().getFirst();
            List<Card> cards = registration.cards().stream()
                    .filter(card -> !card.type().perHospital())
                    .toList();
            if (!cards.isEmpty()) {
                return cards.get(random.nextInt(cards.size()));
            }
        }
    }

    private void match() {
        byte[][] requests = requests(DISTINCT, i -> session.base().post("Patient/$match", lookalike(anyone())));
        Session.Costed run = measure(requests, session.volume(6_000, 200));
        session.rate(RowNames.MATCH, CONNECTIONS, run);
        session.add(Row.of(RowNames.MATCH_P99, run.measurement().percentiles().p99(), "ms"));
    }

    /** The same results by the patient that has them, and by the person behind it. */
    private void results(List<String> patients) {
        List<String> persons = patients.stream().map(this::personOf).toList();
        Load.Volume volume = session.volume(40_000, 500);
        double byPatient = rate(RowNames.RESULTS_BY_PATIENT, "Observation?patient=", patients, volume);
        double byPerson = rate(RowNames.RESULTS_BY_PERSON, "Observation?person=", persons, volume);
        session.add(Row.of(RowNames.PERSON_COST, byPatient / byPerson, "times"));
    }

    private double rate(String name, String search, List<String> subjects, Load.Volume volume) {
        byte[][] requests =
                requests(subjects.size(), i -> session.base().get(search + subjects.get(i) + "&_sort=-date&_count=20"));
        Session.Costed run = measure(requests, volume);
        session.rate(name, CONNECTIONS, run);
        return run.measurement().perSecond();
    }

    private Session.Costed measure(byte[][] requests, Load.Volume volume) {
        return session.warmed(
                session.base(), CONNECTIONS, volume.requests() / 4, volume, index -> requests[index % requests.length]);
    }

    private static byte[][] requests(int count, IntFunction<byte[]> request) {
        return IntStream.range(0, count).mapToObj(request).toArray(byte[][]::new);
    }

    private Person anyone() {
        return people.get(random.nextInt(people.size()));
    }

    /** Someone as a counter without a card reader would describe them: no code at all. */
    private static String lookalike(Person person) {
        try {
            ObjectNode patient = (ObjectNode) JSON.readTree(
                    PatientLines.line(person, person.registrations().getLast()));
            patient.remove(List.of("id", "identifier", "managingOrganization", "text", "meta"));
            ObjectNode parameters = JSON.createObjectNode().put("resourceType", "Parameters");
            parameters.putArray("parameter").addObject().put("name", "resource").set("resource", patient);
            return JSON.writeValueAsString(parameters);
        } catch (JsonProcessingException e) {
            throw new LoadFailure("not JSON", e);
        }
    }

    private String personOf(String patient) {
        try (HttpConnection connection = new HttpConnection(session.base())) {
            connection.expect(session.base().get("Person?link=" + patient), 200);
            JsonNode bundle = Answers.json(connection);
            return "Person/" + bundle.at("/entry/0/resource/id").asText();
        }
    }

    /** Ten results each for some patients; returns their references. */
    private List<String> addResults() {
        List<String> patients = new ArrayList<>();
        int step = Math.max(1, people.size() / WITH_RESULTS);
        for (int i = 0; i < people.size() && patients.size() < WITH_RESULTS; i += step) {
            patients.add(
                    "Patient/" + PatientLines.id(people.get(i).registrations().getFirst()));
        }
        try (HttpConnection connection = new HttpConnection(session.base())) {
            for (int from = 0; from < patients.size(); from += PATIENTS_A_BUNDLE) {
                List<String> some = patients.subList(from, Math.min(patients.size(), from + PATIENTS_A_BUNDLE));
                connection.expect(session.base().post("", bundle(some)), 200);
            }
        }
        return patients;
    }

    private static String bundle(List<String> patients) {
        List<String> entries = new ArrayList<>();
        for (String patient : patients) {
            for (int i = 0; i < RESULTS_EACH; i++) {
                entries.add("""
                        {"request":{"method":"POST","url":"Observation"},"resource":{"resourceType":"Observation",
                        "status":"final","code":{"coding":[{"system":"http://loinc.org","code":"14682-9"}]},
                        "subject":{"reference":"%s"},"effectiveDateTime":"2025-06-%02dT08:00:00+08:00",
                        "valueQuantity":{"value":%d,"unit":"µmol/L"}}}""".formatted(patient, 1 + i, 80 + i));
            }
        }
        return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + String.join(",", entries) + "]}";
    }
}

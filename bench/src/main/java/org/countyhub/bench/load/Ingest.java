package org.countyhub.bench.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Workload 1: a laboratory sends its reports as transaction bundles of sixteen resources. */
final class Ingest {
    private static final int CONNECTIONS = 4;
    private static final int INSTITUTIONS = 20;
    private static final int MAX_SECONDS = 900;
    private static final Template ORGANIZATION = new Template("organization");
    private static final Template PRACTITIONER = new Template("practitioner");

    private final Session session;
    private final LabOrders orders;
    private final int warmUp;

    private Ingest(Session session) {
        this.session = session;
        this.warmUp = session.scaled(300, 30);
        People people = new People(Long.toString(System.currentTimeMillis(), 36));
        List<String> laboratories = new ArrayList<>();
        List<String> doctors = new ArrayList<>();
        try (HttpConnection connection = new HttpConnection(session.base())) {
            for (int i = 0; i < INSTITUTIONS; i++) {
                laboratories.add(create(connection, "Organization", ORGANIZATION.fill(institution(people, i))));
                doctors.add(create(connection, "Practitioner", PRACTITIONER.fill(institution(people, i))));
            }
        }
        this.orders = new LabOrders(people, warmUp + session.scaled(1_500, 100), laboratories, doctors);
    }

    private String create(HttpConnection connection, String type, String json) {
        connection.expect(session.base().post(type, json), 201);
        return Answers.created(connection);
    }

    /** The values of an Organization or a Practitioner. */
    static Map<String, Object> institution(People people, int number) {
        return Map.of(
                "identifier", people.mark() + "-N" + number,
                "name", People.CITIES.get(number % People.CITIES.size()) + " Hospital " + number,
                "number", Integer.toString(100 + number),
                "city", People.CITIES.get(number % People.CITIES.size()),
                "family", People.FAMILIES.get(number % People.FAMILIES.size()),
                "given", People.GIVEN.get(number % People.GIVEN.size()),
                "gender", number % 2 == 0 ? "female" : "male");
    }

    /** Loads the data, adds the rows of the ingest, and brings the statistics of the database up to date. */
    static Dataset run(Session session) {
        long emptyBytes = session.database().map(Database::bytes).orElse(0L);
        Ingest ingest = new Ingest(session);
        byte[][] requests = IntStream.range(0, ingest.orders.orders())
                .mapToObj(order -> session.base().post("", ingest.orders.bundle(order)))
                .toArray(byte[][]::new);
        byte[][] answers = new byte[requests.length][];
        ingest.send(requests, answers, 0, ingest.warmUp);
        long firstRow = session.database().map(WriteFloor::highestId).orElse(-1L);
        Session.Costed run = session.costed(() -> ingest.send(requests, answers, ingest.warmUp, requests.length));
        long lastRow = session.database().map(WriteFloor::highestId).orElse(-1L);

        Measurement measurement = run.measurement();
        session.add(Row.of(RowNames.INGEST, measurement.perSecond() * LabOrders.RESOURCES, "resources/s")
                .with(measurement.percentiles())
                .with(run.cost())
                .noting(Session.keptAlive(CONNECTIONS, measurement)));
        Dataset dataset = ingest.dataset(answers, firstRow, lastRow);
        session.database().ifPresent(database -> {
            database.vacuumAnalyze();
            long written = dataset.patients().size() + (long) requests.length * (LabOrders.RESOURCES - 1);
            session.add(Row.of(RowNames.DISK, (database.bytes() - emptyBytes) / 1024.0 / written, "KB"));
        });
        return dataset;
    }

    private Measurement send(byte[][] requests, byte[][] answers, int from, int to) {
        Load.Volume volume = new Load.Volume(to - from, MAX_SECONDS);
        Measurement measurement = Load.send(session.base(), CONNECTIONS, volume, new Load.Scenario() {
            @Override
            public byte[] request(int index) {
                return requests[from + index];
            }

            @Override
            public void answered(int index, byte[] request, HttpConnection answer) {
                Load.requireStatus(request, answer, 200);
                answers[from + index] = answer.bodyCopy();
            }
        });
        if (measurement.sent() < volume.requests()) {
            throw new LoadFailure("the ingest took longer than " + MAX_SECONDS + " s");
        }
        return measurement;
    }

    private Dataset dataset(byte[][] answers, long firstRow, long lastRow) {
        Map<Integer, String> patients = new HashMap<>();
        List<String> reports = new ArrayList<>();
        List<String> results = new ArrayList<>();
        long written = 0;
        for (int order = 0; order < answers.length; order++) {
            List<Answers.Entry> entries = Answers.entries(answers[order], LabOrders.RESOURCES);
            if (order >= warmUp) {
                written +=
                        entries.stream().filter(entry -> entry.status() == 201).count();
            }
            int person = orders.person(order);
            entries.getFirst().reference().ifPresent(reference -> {
                String known = patients.putIfAbsent(person, reference);
                if (known != null && !known.equals(reference)) {
                    throw new LoadFailure("person " + person + " became both " + known + " and " + reference);
                }
            });
            reports.add(located(entries.get(3)));
            entries.subList(4, LabOrders.RESOURCES).forEach(entry -> results.add(located(entry)));
        }
        double writtenShare = (double) written / ((answers.length - warmUp) * (long) LabOrders.RESOURCES);
        return new Dataset(orders, patients, reports, results, writtenShare, firstRow, lastRow);
    }

    private static String located(Answers.Entry entry) {
        return entry.reference().orElseThrow(() -> new LoadFailure("an entry was created without a location"));
    }
}

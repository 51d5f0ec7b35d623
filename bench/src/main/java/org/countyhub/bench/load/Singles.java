package org.countyhub.bench.load;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Reads, creates and updates of single Observations, each measured alone. */
final class Singles {
    static final int CONNECTIONS = 8;
    /** About as long as the just-in-time compiler takes to be done; until then it has half of the two cores. */
    private static final int READ_WARM_UP = 60_000;

    private static final int WRITE_WARM_UP = 10_000;

    private Singles() {}

    static void read(Session session, Dataset dataset) {
        byte[][] requests = reads(session.base(), dataset);
        session.rate(
                RowNames.READ,
                CONNECTIONS,
                session.warmed(
                        session.base(),
                        CONNECTIONS,
                        session.scaled(READ_WARM_UP, 2_000),
                        session.volume(100_000, 5_000),
                        index -> requests[index % requests.length]));
    }

    /** Reads of loaded Observations in random order. */
    static byte[][] reads(FhirBase base, Dataset dataset) {
        SplittableRandom random = new SplittableRandom(1);
        return IntStream.range(0, Math.min(20_000, dataset.results().size()))
                .mapToObj(i -> base.get(
                        dataset.results().get(random.nextInt(dataset.results().size()))))
                .toArray(byte[][]::new);
    }

    /** Creates Observations, then updates each of them at least once. */
    static void createAndUpdate(Session session, Dataset dataset) {
        FhirBase base = session.base();
        int warmUp = session.scaled(WRITE_WARM_UP, 200);
        Load.Volume volume = session.volume(20_000, 1_000);
        String[] bodies = IntStream.range(0, warmUp + volume.requests())
                .mapToObj(i -> dataset.orders()
                        .observation(
                                dataset.orders().orders() + i,
                                i % LabOrders.RESULTS,
                                dataset.patient(dataset.orders()
                                        .person(i % dataset.orders().orders()))))
                .toArray(String[]::new);
        String[] created = new String[bodies.length];
        create(base, new Load.Volume(warmUp, volume.maxSeconds()), bodies, created, 0);
        session.rate(RowNames.CREATE, CONNECTIONS, session.costed(() -> create(base, volume, bodies, created, warmUp)));

        byte[][] updates = IntStream.range(0, created.length)
                .filter(i -> created[i] != null)
                .mapToObj(i -> base.put(created[i], changed(bodies[i], created[i])))
                .toArray(byte[][]::new);
        Load.send(base, CONNECTIONS, new Load.Volume(Math.min(warmUp, updates.length), 30), i -> updates[i]);
        session.rate(
                RowNames.UPDATE,
                CONNECTIONS,
                session.costed(() ->
                        Load.send(base, CONNECTIONS, volume, i -> updates[updates.length - 1 - i % updates.length])));
    }

    private static Measurement create(FhirBase base, Load.Volume volume, String[] bodies, String[] created, int from) {
        byte[][] requests = Arrays.stream(bodies, from, from + volume.requests())
                .map(body -> base.post("Observation", body))
                .toArray(byte[][]::new);
        return Load.send(base, CONNECTIONS, volume, new Load.Scenario() {
            @Override
            public byte[] request(int index) {
                return requests[index];
            }

            @Override
            public void answered(int index, byte[] request, HttpConnection answer) {
                Load.requireStatus(request, answer, 201);
                created[from + index] = Answers.created(answer);
            }
        });
    }

    private static String changed(String resource, String reference) {
        return withId(resource, reference).replaceFirst("\"status\":\"final\"", "\"status\":\"corrected\"");
    }

    /** The resource as an update sends it: with the id of what it replaces. */
    static String withId(String resource, String reference) {
        return "{\"id\":\"" + reference.substring(reference.indexOf('/') + 1) + "\"," + resource.substring(1);
    }
}

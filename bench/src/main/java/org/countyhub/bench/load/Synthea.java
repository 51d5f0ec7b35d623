package org.countyhub.bench.load;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Workload 1, the other half: whole lives, each a transaction of some hundred up to many thousand resources of twenty
 * types that refer to one another and, by condition, to hospitals and doctors. One bundle that is refused, and the run
 * does not count.
 */
final class Synthea {
    /** Patients alive at scale 1. */
    static final int POPULATION = 100;

    static final int LEAST_POPULATION = 10;
    private static final int CONNECTIONS = 4;
    private static final int WARM_UP_SHARE = 10;
    private static final int MAX_SECONDS = 900;
    private static final int MAX_DIAGNOSTICS = 500;
    private static final double MEGABYTE = 1024 * 1024;

    private final Session session;
    private final List<Path> patients;
    private final int[] resources;
    private final byte[][] answers;
    private final long[] bytes;
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();

    private Synthea(Session session, List<Path> patients) {
        if (patients.isEmpty()) {
            throw new LoadFailure("there are no bundles of patients");
        }
        this.session = session;
        this.patients = patients;
        this.resources = patients.stream().mapToInt(SyntheaBundles::resources).toArray();
        this.answers = new byte[patients.size()][];
        this.bytes = new long[patients.size()];
    }

    static void run(Session session, SyntheaBundles bundles) {
        Synthea synthea = new Synthea(session, bundles.patients());
        try (HttpConnection connection = new HttpConnection(session.base())) {
            for (Path file : bundles.institutions()) {
                connection.expect(session.base().post("", SyntheaBundles.read(file)), 200);
                Answers.entries(connection.bodyCopy(), SyntheaBundles.resources(file));
            }
        }
        int warmUp = bundles.patients().size() / WARM_UP_SHARE;
        synthea.send(0, warmUp);
        Session.Costed run = session.costed(() -> synthea.send(warmUp, synthea.answers.length));
        synthea.requireAll();
        synthea.report(run, warmUp);
    }

    private Measurement send(int from, int to) {
        Load.Volume volume = new Load.Volume(to - from, MAX_SECONDS);
        Measurement measurement = Load.send(session.base(), CONNECTIONS, volume, new Load.Scenario() {
            /** Read when its turn comes: all of them together may not find room. */
            @Override
            public byte[] request(int index) {
                byte[] bundle = SyntheaBundles.read(patients.get(from + index));
                bytes[from + index] = bundle.length;
                return session.base().post("", bundle);
            }

            @Override
            public void answered(int index, byte[] request, HttpConnection answer) {
                if (answer.status() == 200) {
                    answers[from + index] = answer.bodyCopy();
                } else {
                    String text = answer.bodyText();
                    refusals.add(patients.get(from + index).getFileName() + " answered " + answer.status() + ":\n"
                            + text.substring(0, Math.min(MAX_DIAGNOSTICS, text.length())));
                }
            }
        });
        if (measurement.sent() < volume.requests()) {
            throw new LoadFailure("Synthea's bundles took longer than " + MAX_SECONDS + " s");
        }
        return measurement;
    }

    /** Every bundle was taken, and every resource in it was created or found. */
    private void requireAll() {
        if (!refusals.isEmpty()) {
            throw new LoadFailure(refusals.size() + " of " + answers.length
                    + " bundles of Synthea were refused; the first: " + refusals.peek());
        }
        for (int i = 0; i < answers.length; i++) {
            Answers.entries(answers[i], resources[i]);
        }
    }

    private void report(Session.Costed run, int from) {
        Measurement measurement = run.measurement();
        int[] measured = Arrays.copyOfRange(resources, from, resources.length);
        int sent = Arrays.stream(measured).sum();
        double megabytes = Arrays.stream(bytes, from, bytes.length).sum() / MEGABYTE;
        session.add(Row.of(RowNames.SYNTHEA, sent / measurement.seconds(), "resources/s")
                .with(measurement.percentiles())
                .with(run.cost())
                .noting("0 of %d bundles refused; %,d to %,d resources in each, %.0f MB in all"
                        .formatted(
                                measured.length,
                                Arrays.stream(measured).min().orElseThrow(),
                                Arrays.stream(measured).max().orElseThrow(),
                                megabytes)));
    }
}

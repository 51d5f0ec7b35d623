package org.countyhub.bench.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.countyhub.bench.county.County;
import org.countyhub.bench.county.Directory;
import org.countyhub.bench.county.Person;
import org.countyhub.bench.county.Reports;
import org.countyhub.kernel.Settings;

/**
 * Loads the made-up county into a running hub: five hospitals, 500 people and 5,000 reports unless told otherwise. Running it
 * again adds nothing. An imaging bridge beside it gets some studies. Stops with exit status 1 at the first refusal and prints the hub's OperationOutcome.
 */
public final class Demo {
    private static final int WORKERS = 4;
    private static final int PERSONS_A_BUNDLE = 20;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final DemoArguments arguments;
    private final Hub hub;
    private final PrintStream out;
    private final boolean terminal;
    private final AtomicLong created = new AtomicLong();
    private final AtomicLong alreadyThere = new AtomicLong();

    Demo(DemoArguments arguments, Hub hub, PrintStream out, boolean terminal) {
        this.arguments = arguments;
        this.hub = hub;
        this.out = out;
        this.terminal = terminal;
    }

    public static void main(String[] args) throws InterruptedException {
        // The names are Chinese whatever the terminal's default encoding says.
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        try {
            DemoArguments arguments = DemoArguments.parse(List.of(args), new Settings(System.getenv()));
            try (Hub hub = new Hub(arguments.base(), FIRST_PAUSE)) {
                new Demo(arguments, hub, out, terminal).run();
            }
        } catch (DemoFailure e) {
            out.println(e.getMessage());
            System.exit(1);
        }
    }

    /** Loads everything and says what to ask next. */
    void run() throws InterruptedException {
        County county = County.of(arguments.seed(), arguments.patients(), arguments.today());
        long startNanos = System.nanoTime();
        out.printf("Loading %s%n", arguments.base());
        count(hub.post(Directory.bundle(county)));
        List<Person> persons = county.persons();
        int batches = Math.ceilDiv(persons.size(), PERSONS_A_BUNDLE);
        send("patient bundles", batches, i -> Reports.patients(batch(persons, i)));
        send("reports", arguments.reports(), i -> Reports.of(county.order(i)));
        summarise(county, (System.nanoTime() - startNanos) / 1e9);
        sendStudies(county);
    }

    /** Sends the images behind some reports, where there is a bridge that takes them. */
    private void sendStudies(County county) throws InterruptedException {
        ImagingHub imaging = arguments.imaging();
        out.println();
        if (!imaging.answers()) {
            out.printf(
                    "No imaging bridge answers at %s, so no images were sent. ./hub run starts one.%n", imaging.base());
            return;
        }
        List<DemoStudy> studies = DemoStudies.of(county);
        for (DemoStudy study : studies) {
            ImagingHub.Outcome outcome = imaging.send(study);
            out.printf(
                    "%s of patient %s at %s: %d instances by %s, %s%n",
                    study.what(),
                    study.patientId(),
                    study.hospital().name(),
                    study.instances().size(),
                    study.posted() ? "STOW-RS" : "C-STORE as " + DemoStudy.aeTitle(study.hospital()),
                    switch (outcome) {
                        case STORED -> "stored";
                        case KEPT_APART -> "kept apart until somebody decides whose they are";
                    });
        }
        out.println();
        for (DemoStudy study : studies) {
            out.printf("# The %s in the index%s%n", study.what(), picture(study));
            out.printf("curl -s '%s/studies?PatientID=%s'%n", imaging.base(), study.patientId());
            if (study.isImage() || study.isElectrocardiogram()) {
                out.printf("%s/%s/rendered%n", imaging.base(), study.middle());
            }
            if (study.isElectrocardiogram()) {
                out.printf("%s/view/ecg?%s%n", imaging.root(), study.recording());
            }
        }
        for (DemoStudy study : studies) {
            Optional<String> film = imaging.film(study);
            if (film.isPresent()) {
                out.printf(
                        "# The %s as a doctor and as its patient sees it, in a browser%n%s/view/?StudyInstanceUIDs=%s%n%s%n",
                        study.what(), imaging.root(), study.studyUid(), film.get());
            }
        }
        out.printf("# All of them in OHIF, the viewer for radiologists' desks%n%s/view/ohif%n", imaging.root());
        out.println("# They belong to the demo's patients where HUB_IMAGING_PEERS=docs/examples/demo-peers.json");
    }

    private static String picture(DemoStudy study) {
        if (study.isElectrocardiogram()) {
            return ", drawn in real millimetres, and with calipers";
        }
        return study.isImage() ? ", and as a picture" : "";
    }

    private static List<Person> batch(List<Person> persons, int index) {
        int from = index * PERSONS_A_BUNDLE;
        return persons.subList(from, Math.min(from + PERSONS_A_BUNDLE, persons.size()));
    }

    private void send(String what, int total, IntFunction<ObjectNode> bundle) throws InterruptedException {
        if (total == 0) {
            return;
        }
        Progress progress = new Progress(out, terminal, what, total);
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean failed = new AtomicBoolean();
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                running.add(workers.submit(() -> {
                    work(next, total, failed, bundle, progress);
                    return null;
                }));
            }
            for (Future<?> worker : running) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof DemoFailure failure ? failure : new IllegalStateException(e.getCause());
        } finally {
            progress.end();
        }
    }

    private void work(
            AtomicInteger next, int total, AtomicBoolean failed, IntFunction<ObjectNode> bundle, Progress progress)
            throws InterruptedException {
        boolean finished = false;
        try {
            for (int i = next.getAndIncrement(); i < total && !failed.get(); i = next.getAndIncrement()) {
                count(hub.post(bundle.apply(i)));
                progress.advance(1);
            }
            finished = true;
        } finally {
            if (!finished) {
                failed.set(true);
            }
        }
    }

    private void count(Hub.Answer answer) {
        created.addAndGet(answer.created());
        alreadyThere.addAndGet(answer.alreadyThere());
    }

    private void summarise(County county, double seconds) {
        long resources = created.get() + alreadyThere.get();
        out.printf(
                "%,d hospitals, %,d people, %,d reports: %,d resources in %.1f s (%,.0f/s), %,d new, %,d already there%n",
                county.hospitals().size(),
                county.persons().size(),
                arguments.reports(),
                resources,
                seconds,
                resources / Math.max(seconds, 1e-3),
                created.get(),
                alreadyThere.get());
        out.println();
        for (String command : Samples.of(county, arguments.reports()).commands(arguments.base())) {
            out.println(command);
        }
    }
}

package org.countyhub.fhir.identity.estimate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.countyhub.fhir.identity.link.PersonLinks;
import org.countyhub.fhir.identity.link.RematchStore.Work;
import org.countyhub.fhir.identity.link.Rematching;
import org.countyhub.fhir.identity.link.Rematching.Outcome;
import org.countyhub.fhir.identity.match.MatchModel;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By which model the county's patients are matched: estimated, kept, taken into use by every server, and followed by
 * re-matching of what earlier models decided. Of all servers on a database one at a time is at it.
 */
public final class CountyMatching implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CountyMatching.class);

    /** Another server has just done what this one is about to do. */
    private static final Duration FRESH = Duration.ofHours(1);

    /** Of one run; the next goes on from there. */
    private static final Duration LONGEST_REMATCHING = Duration.ofHours(1);

    private static final Map<Work, Integer> MOST_CASES =
            new EnumMap<>(Map.of(Work.QUESTIONS, 100_000, Work.LONERS, 200_000));

    private final ModelStore store;
    private final Estimator estimator;
    private final PersonLinks links;
    private final Rematching rematching;
    private final Clock clock;
    private final ExecutorService background = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("matching").factory());
    private volatile InForce inForce = new InForce(Estimation.START, MatchModel.start());
    private volatile boolean closed;

    /** A model and its version; {@link Estimation#START} for the start model. */
    public record InForce(int version, MatchModel model) {}

    public CountyMatching(
            ModelStore store, Estimator estimator, PersonLinks links, Rematching rematching, Clock clock) {
        this.store = store;
        this.estimator = estimator;
        this.links = links;
        this.rematching = rematching;
        this.clock = clock;
    }

    public InForce inForce() {
        return inForce;
    }

    /** The latest estimation, refused or not; null when there was none. */
    public @Nullable Estimation latest() {
        return store.latest();
    }

    /** One estimation; null when there is none of that version. */
    public @Nullable Estimation find(int version) {
        return store.find(version);
    }

    /** Takes the latest model that is kept into use, whichever server has made it. */
    public synchronized void reload() {
        try {
            Estimation kept = store.inForce();
            if (kept != null && kept.model() != null && kept.version() > inForce.version()) {
                inForce = new InForce(kept.version(), kept.model());
                links.use(kept.model(), kept.version());
                LOG.info("patients are matched by version {} of the model", kept.version());
            }
        } catch (IllegalArgumentException e) {
            LOG.error("the model kept cannot be read; version {} stays in use", inForce.version(), e);
        }
    }

    /**
     * Estimates now, and has what was decided before looked at again in the background.
     *
     * @throws org.countyhub.kernel.ProblemException {@code Conflict} when it is being done already
     */
    public Estimation estimateNow() {
        AtomicReference<@Nullable Estimation> made = new AtomicReference<>();
        if (!store.alone(() -> made.set(estimate()))) {
            throw Problem.conflict("the model is being estimated, or patients are being matched again, already");
        }
        background.execute(() -> guarded(() -> store.alone(this::rematch)));
        return Objects.requireNonNull(made.get());
    }

    /** What is to be done each night: nothing when another server is at it or has just done it. */
    public void nightly() {
        guarded(() -> store.alone(() -> {
            Estimation latest = store.latest();
            if (latest == null || latest.estimated().isBefore(clock.instant().minus(FRESH))) {
                estimate();
            }
            rematch();
        }));
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.error("matching was broken off", e);
            }
        }
    }

    private Estimation estimate() {
        InForce before = inForce;
        Instant began = clock.instant();
        Estimation made = estimator.estimate(before.model(), before.version() != Estimation.START);
        int version = store.keep(made);
        Estimation kept = made.of(version);
        reload();
        LOG.info(
                "version {} of the model, from {} of {} patients in {} s: {}",
                version,
                kept.compared(),
                kept.patients(),
                Duration.between(began, clock.instant()).toSeconds(),
                kept.refused() == null ? "in force" : kept.refused());
        return kept;
    }

    /** Goes on with deciding again what earlier models decided; what became of how many. */
    public Map<Work, Map<Outcome, Integer>> rematch() {
        reload();
        Instant end = clock.instant().plus(LONGEST_REMATCHING);
        Map<Work, Map<Outcome, Integer>> outcomes = new EnumMap<>(Work.class);
        for (Work work : Work.values()) {
            int most = MOST_CASES.getOrDefault(work, 0);
            outcomes.put(
                    work,
                    rematching.run(work, most, () -> !closed && clock.instant().isBefore(end)));
        }
        LOG.info("matched again by version {} of the model: {}", inForce.version(), outcomes);
        return outcomes;
    }

    /** Ends after the case in hand. */
    @Override
    public void close() {
        closed = true;
        background.shutdown();
        try {
            if (!background.awaitTermination(10, TimeUnit.SECONDS)) {
                background.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

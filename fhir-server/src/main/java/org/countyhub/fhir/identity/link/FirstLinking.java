package org.countyhub.fhir.identity.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.countyhub.fhir.identity.link.Backlog.Stretch;
import org.countyhub.fhir.identity.link.PersonLinks.Arrival;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStore;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.transaction.ChangeFollower.Additions;
import org.countyhub.fhir.transaction.TransactionService;
import org.countyhub.kernel.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives patients their person that were stored before there were persons, by the same rules as on write, in small
 * transactions beside the work of the server. One server at a time does it; where one stops, the next goes on.
 */
public final class FirstLinking implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FirstLinking.class);
    private static final int PATIENTS_OF_A_STRETCH = 200;
    private static final long LOOK_AGAIN_NANOS = 30_000_000_000L;

    private final Backlog backlog;
    private final PersonLinks links;
    private final ResourceStore resources;
    private final TransactionService transactions;
    private final Thread thread;
    private volatile boolean closed;

    private enum Step {
        NOTHING_TO_LINK,
        LINKED,
        OTHER_SERVER,
        THROUGH
    }

    private FirstLinking(Backlog backlog, PersonLinks links, ResourceStore resources, TransactionService transactions) {
        this.backlog = backlog;
        this.links = links;
        this.resources = resources;
        this.transactions = transactions;
        this.thread = Thread.ofPlatform().daemon().name("first-linking").unstarted(this::run);
    }

    /** Begins, or goes on, in the background; ends by itself when every patient has a person. */
    public static FirstLinking start(
            Backlog backlog, PersonLinks links, ResourceStore resources, TransactionService transactions) {
        FirstLinking linking = new FirstLinking(backlog, links, resources, transactions);
        linking.thread.start();
        return linking;
    }

    private void run() {
        while (!closed) {
            long start = System.nanoTime();
            try {
                switch (transactions.write(this::step)) {
                    case NOTHING_TO_LINK -> {}
                    // As long as it took, so that half of the time is left to others.
                    case LINKED -> LockSupport.parkNanos(System.nanoTime() - start);
                    case OTHER_SERVER -> LockSupport.parkNanos(LOOK_AGAIN_NANOS);
                    case THROUGH -> {
                        return;
                    }
                }
            } catch (ProblemException e) {
                // Too many writers, or no database for a while.
                LockSupport.parkNanos(closed ? 0 : LOOK_AGAIN_NANOS);
            } catch (RuntimeException e) {
                if (!closed) {
                    LOG.error("the first linking of patients stopped; it goes on with the next start", e);
                }
                return;
            }
        }
    }

    private Step step(Additions additions) {
        if (!backlog.take()) {
            return Step.OTHER_SERVER;
        }
        Stretch stretch = backlog.next(PATIENTS_OF_A_STRETCH);
        if (!stretch.unlinked().isEmpty()) {
            link(stretch.unlinked(), additions);
        }
        backlog.reached(stretch.end());
        if (stretch.end() == Backlog.END) {
            return Step.THROUGH;
        }
        return stretch.unlinked().isEmpty() ? Step.NOTHING_TO_LINK : Step.LINKED;
    }

    private void link(List<ResourceKey> patients, Additions additions) {
        List<String> names = patients.stream().map(ResourceKey::toString).toList();
        Map<ResourceKey, StoredVersion> current = resources.lockAndLookUp(names, List.of(), patients);
        List<Arrival> stored = new ArrayList<>();
        for (ResourceKey key : patients) {
            StoredVersion version = current.get(key);
            if (version != null && version.change().readable() && isOpen(version.surrogate())) {
                stored.add(links.arrival(version));
            }
        }
        links.link(stored, additions);
    }

    /** Whether it was not written meanwhile, and linked with that. */
    private boolean isOpen(long patient) {
        return links.store.links(List.of(patient)).isEmpty();
    }

    /** Stops after the transaction that is under way. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

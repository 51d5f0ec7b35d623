package org.countyhub.imaging.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.countyhub.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts instances on record, as many at a time as have come in meanwhile: one thread, so that eight senders share the cost of
 * a commit instead of waiting for each other's locks. Whoever waits is told when the commit is durable, and not before.
 */
final class Committer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final int MOST_AT_ONCE = 256;
    private static final int POLL_MILLIS = 200;

    private final StudyStore store;
    private final BlobStore blobs;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    private record Waiting(Instance instance, CompletableFuture<StoreOutcome> outcome) {}

    Committer(StudyStore store, BlobStore blobs) {
        this.store = store;
        this.blobs = blobs;
        thread = Thread.ofPlatform().name("study-index").start(this::run);
    }

    /** Has an instance recorded; its blob is removed again if it is known that nothing keeps it. */
    CompletableFuture<StoreOutcome> submit(Instance instance) {
        CompletableFuture<StoreOutcome> outcome = new CompletableFuture<>();
        if (closed) {
            outcome.completeExceptionally(Problem.busy("the server is stopping", 10));
            discard(instance);
            return outcome;
        }
        queue.add(new Waiting(instance, outcome));
        return outcome;
    }

    private void run() {
        while (!closed || !queue.isEmpty()) {
            try {
                // Not interrupted at the end, which would close the files and the connection that it works with.
                Waiting first = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Waiting> batch = new ArrayList<>(List.of(first));
                    queue.drainTo(batch, MOST_AT_ONCE - 1);
                    record(batch, false);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts this thread", e);
            }
        }
    }

    /** @param again whether some of them may be on record by now, since nobody was told whether the last try was committed */
    private void record(List<Waiting> batch, boolean again) {
        try {
            blobs.settle(
                    batch.stream().map(waiting -> waiting.instance().blob()).toList());
            List<StoreOutcome> outcomes =
                    store.add(batch.stream().map(Waiting::instance).toList());
            for (int i = 0; i < batch.size(); i++) {
                tell(batch.get(i), outcomes.get(i), again);
            }
        } catch (IOException e) {
            batch.forEach(waiting -> waiting.outcome().completeExceptionally(new UncheckedIOException(e)));
        } catch (RuntimeException e) {
            if (batch.size() == 1) {
                // A connection that breaks in a commit leaves it open whether the blob is referred to: that is for the
                // sweep to find out.
                batch.getFirst().outcome().completeExceptionally(e);
            } else {
                // One of them may be what the database does not take; the others must not suffer for it.
                batch.forEach(waiting -> record(List.of(waiting), true));
            }
        }
    }

    private void tell(Waiting waiting, StoreOutcome outcome, boolean again) {
        boolean there =
                outcome instanceof StoreOutcome.Known || (outcome instanceof StoreOutcome.Held held && held.before());
        if (there && !again) {
            discard(waiting.instance());
        }
        waiting.outcome().complete(outcome);
    }

    private void discard(Instance instance) {
        try {
            blobs.delete(instance.blob());
        } catch (IOException e) {
            LOG.warn("a blob that nothing refers to was not removed: {}", instance.blob(), e);
        }
    }

    /** Records what is waiting and stops. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.countyhub.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Closed-loop load: each connection is a platform thread that sends its next request when the last was answered. */
public final class Load {
    private Load() {}

    /** The requests of a run. Called from several threads, for each index once. */
    @FunctionalInterface
    public interface Scenario {
        byte[] request(int index);

        /** Looks at the answer; by default it must be 200. */
        default void answered(int index, byte[] request, HttpConnection answer) {
            requireStatus(request, answer, 200);
        }
    }

    /** What each of several clients does, numbered from 0. */
    @FunctionalInterface
    public interface Client {
        void run(int number, HttpConnection connection);
    }

    public static void requireStatus(byte[] request, HttpConnection answer, int status) {
        if (answer.status() != status) {
            throw new LoadFailure(HttpConnection.firstLine(request) + " answered " + answer.status() + ", not " + status
                    + ":\n" + answer.bodyText());
        }
    }

    /** How much to send: a number of requests, fewer when the time is up. */
    public record Volume(int requests, int maxSeconds) {}

    /** Sends requests 0 to volume − 1 over the connections. The first unexpected answer ends the run. */
    public static Measurement send(FhirBase base, int connections, Volume volume, Scenario scenario) {
        long[] latencies = new long[volume.requests()];
        AtomicInteger next = new AtomicInteger();
        AtomicInteger connects = new AtomicInteger();
        long start = System.nanoTime();
        long deadline = start + volume.maxSeconds() * 1_000_000_000L;
        clients(base, connections, (number, connection) -> {
            for (int index = next.getAndIncrement(); index < latencies.length; index = next.getAndIncrement()) {
                byte[] request = scenario.request(index);
                long sent = System.nanoTime();
                if (sent > deadline) {
                    break;
                }
                connection.exchange(request);
                latencies[index] = Math.max(1, System.nanoTime() - sent);
                scenario.answered(index, request, connection);
            }
            connects.addAndGet(connection.connects());
        });
        return new Measurement(latencies, System.nanoTime() - start, connects.get());
    }

    /** Runs the clients at the same time, each on a connection of its own, until all are done. */
    public static void clients(FhirBase base, int count, Client client) {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    try (HttpConnection connection = new HttpConnection(base)) {
                        client.run(number, connection);
                    }
                }));
            }
            for (Future<?> future : running) {
                await(future);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    public static void await(Future<?> future) {
        try {
            future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LoadFailure failure) {
                throw failure;
            }
            throw new LoadFailure("a client failed", e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadFailure("interrupted", e);
        }
    }
}

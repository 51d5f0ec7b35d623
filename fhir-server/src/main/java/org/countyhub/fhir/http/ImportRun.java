package org.countyhub.fhir.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.countyhub.fhir.http.NdjsonLines.Line;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.structure.ResourceParser;
import org.countyhub.fhir.transaction.Preconditions;
import org.countyhub.fhir.transaction.Target;
import org.countyhub.fhir.transaction.TransactionService;
import org.countyhub.fhir.transaction.WriteOperation;
import org.countyhub.fhir.transaction.WriteRequest;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * One import: the lines of a body, some hundred to a transaction, two transactions side by side. One is in the database while
 * the other is prepared, and where they meet, they wait for each other as any two writers do. A transaction that is refused
 * is written in halves until the line is found that is to blame.
 */
final class ImportRun {
    /** Fewer lines cost more round trips, more take more locks than are taken one by one. */
    private static final int LINES_OF_A_CHUNK = 250;

    private static final int BYTES_OF_A_CHUNK = 2 * 1024 * 1024;
    private static final int WORKERS = 2;
    /** Those in work, and one that is read meanwhile. */
    private static final int CHUNKS_IN_MEMORY = WORKERS + 1;

    private static final int MOST_TRIES_WHEN_BUSY = 10;

    private final TransactionService transactions;
    private final ResourceParser parser;
    private final int maxLineBytes;
    private final ImportOrder order = new ImportOrder();
    private final ImportReport report = new ImportReport();
    private final Semaphore room = new Semaphore(CHUNKS_IN_MEMORY);
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

    ImportRun(TransactionService transactions, ResourceParser parser, int maxLineBytes) {
        this.transactions = transactions;
        this.parser = parser;
        this.maxLineBytes = maxLineBytes;
    }

    /** A line as the update that it means. */
    private record Write(Line line, ResourceKey key, WriteRequest request) {}

    /**
     * Writes every line that can be written. When the body breaks off, what was read whole before is written.
     *
     * @throws IOException if the body breaks off
     */
    ImportReport run(NdjsonLines lines) throws IOException, InterruptedException {
        try (ExecutorService workers = Executors.newFixedThreadPool(
                WORKERS, Thread.ofPlatform().daemon().name("import-", 0).factory())) {
            List<Line> chunk = new ArrayList<>();
            int bytes = 0;
            int chunks = 0;
            for (Line line = lines.next(); line != null && failure.get() == null; line = lines.next()) {
                chunk.add(line);
                bytes += line.length();
                if (chunk.size() == LINES_OF_A_CHUNK || bytes >= BYTES_OF_A_CHUNK) {
                    submit(workers, chunks++, chunk);
                    chunk = new ArrayList<>();
                    bytes = 0;
                }
            }
            submit(workers, chunks, chunk);
        }
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return report;
    }

    private void submit(ExecutorService workers, int number, List<Line> chunk) throws InterruptedException {
        room.acquire();
        workers.execute(() -> {
            try {
                write(number, chunk);
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
            } catch (InterruptedException e) {
                failure.compareAndSet(null, new IllegalStateException(e));
            } finally {
                room.release();
            }
        });
    }

    private void write(int chunk, List<Line> lines) throws InterruptedException {
        List<Map<ResourceKey, Write>> rounds = rounds(lines);
        Set<ResourceKey> keys = new LinkedHashSet<>();
        rounds.forEach(round -> keys.addAll(round.keySet()));
        order.enter(chunk, keys);
        try {
            for (Map<ResourceKey, Write> round : rounds) {
                if (failure.get() == null) {
                    writeRound(chunk, List.copyOf(round.values()));
                }
            }
        } finally {
            order.leave(chunk);
        }
    }

    private void writeRound(int chunk, List<Write> writes) throws InterruptedException {
        try {
            apply(writes);
        } catch (ProblemException e) {
            if (e.problem() instanceof Problem.Busy) {
                throw e;
            }
            // What it refers to may have been on its way.
            order.awaitEarlier(chunk);
            retry(writes);
        }
    }

    private void retry(List<Write> writes) throws InterruptedException {
        List<Write> anew = new ArrayList<>();
        for (Write write : writes) {
            // The tree may have been rewritten.
            Write again = read(write.line());
            if (again != null) {
                anew.add(again);
            }
        }
        try {
            apply(anew);
        } catch (ProblemException e) {
            if (e.problem() instanceof Problem.Busy) {
                throw e;
            }
            if (anew.size() == 1) {
                report.refuse(anew.getFirst().line().number(), e.problem());
                return;
            }
            retry(anew.subList(0, anew.size() / 2));
            retry(anew.subList(anew.size() / 2, anew.size()));
        }
    }

    private void apply(List<Write> writes) throws InterruptedException {
        for (int i = 1; ; i++) {
            try {
                report.add(
                        transactions.apply(writes.stream().map(Write::request).toList()));
                return;
            } catch (ProblemException e) {
                if (!(e.problem() instanceof Problem.Busy busy) || i == MOST_TRIES_WHEN_BUSY) {
                    throw e;
                }
                Thread.sleep(busy.retryAfterSeconds() * 1_000L);
            }
        }
    }

    /** The writes of a chunk; a resource that comes again goes into a further round. */
    private List<Map<ResourceKey, Write>> rounds(List<Line> lines) {
        List<Map<ResourceKey, Write>> rounds = new ArrayList<>();
        Map<ResourceKey, Write> round = new LinkedHashMap<>();
        for (Line line : lines) {
            Write write = read(line);
            if (write == null) {
                continue;
            }
            if (round.containsKey(write.key())) {
                rounds.add(round);
                round = new LinkedHashMap<>();
            }
            round.put(write.key(), write);
        }
        if (!round.isEmpty()) {
            rounds.add(round);
        }
        return rounds;
    }

    /** Reads a line; one that is no resource with an id is refused, and null. */
    private @Nullable Write read(Line line) {
        try {
            byte[] json = line.json();
            if (json == null) {
                throw new Problem.TooLarge(List.of(Fault.of(
                                "too-long",
                                "a line may have at most " + maxLineBytes / (1024 * 1024)
                                        + " MB; send the resource by itself")))
                        .exception();
            }
            ObjectNode resource = parser.read(json);
            parser.check(resource);
            String type = resource.path("resourceType").asText();
            String id = resource.path("id").asText();
            if (id.isEmpty()) {
                throw Problem.malformed(Fault.at(
                        type + ".id",
                        "required",
                        "a line needs the id to be stored under, so that it may be sent again"));
            }
            ResourceKey key = new ResourceKey(type, id);
            WriteOperation update = new WriteOperation.Update(new Target.ById(key), resource, Preconditions.NONE);
            return new Write(line, key, new WriteRequest(update, null, ""));
        } catch (ProblemException e) {
            report.refuse(line.number(), e.problem());
            return null;
        }
    }
}

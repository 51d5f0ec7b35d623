package org.countyhub.imaging.dicomweb;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.study.Ingest;
import org.countyhub.imaging.study.Sender;
import org.countyhub.imaging.study.StoreOutcome;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/** Takes the parts of one request in, one behind the other; while one is read, those before it may still be on their way to the record. */
final class Upload {
    /** So many may wait for their commit: enough that one commit takes many, and few enough to be forgotten about. */
    private static final int MAX_WAITING = 64;

    private final Ingest ingest;
    private final Sender sender;
    private final @Nullable String study;
    private final StoreReport report;
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /** @param study that all must belong to; null for any */
    Upload(Ingest ingest, Sender sender, @Nullable String study, StoreReport report) {
        this.ingest = ingest;
        this.sender = sender;
        this.study = study;
        this.report = report;
    }

    private record Waiting(UploadedPart part, CompletableFuture<StoreOutcome> outcome) {}

    /** Takes one instance; what is wrong with it is noted and disturbs no other. */
    void take(int number, InputStream content) throws IOException {
        UploadedPart part = new UploadedPart(number, study);
        try {
            Part10.FileMeta meta = Part10.read(content);
            part.says(meta);
            waiting.add(new Waiting(part, ingest.store(sender, meta, content, part::says)));
        } catch (ProblemException e) {
            refused(part, e.problem());
        } catch (EOFException e) {
            refused(part, new Problem.Malformed(List.of(Fault.of("structure", "it ends inside an element"))));
        }
        if (waiting.size() > MAX_WAITING) {
            settle();
        }
    }

    void refused(int number, Problem problem) {
        refused(new UploadedPart(number, study), problem);
    }

    private void refused(UploadedPart part, Problem problem) {
        settleAll();
        report.refused(part, problem);
    }

    /** Waits until everything that was taken is on record. */
    void settleAll() {
        while (!waiting.isEmpty()) {
            settle();
        }
    }

    private void settle() {
        Waiting first = waiting.remove();
        try {
            switch (first.outcome().join()) {
                case StoreOutcome.Added ignored -> report.added(first.part());
                case StoreOutcome.Known ignored -> report.added(first.part());
                case StoreOutcome.Held held -> report.held(first.part(), held.detail());
            }
        } catch (CompletionException e) {
            if (e.getCause() instanceof ProblemException refused) {
                report.refused(first.part(), refused.problem());
            } else {
                throw new IllegalStateException("an instance could not be put on record", e.getCause());
            }
        }
    }
}

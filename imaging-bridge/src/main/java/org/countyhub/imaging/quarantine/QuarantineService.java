package org.countyhub.imaging.quarantine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.Instance;
import org.countyhub.imaging.study.InstanceReader;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.QuarantineReason;
import org.countyhub.imaging.study.Sender;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.StoreOutcome;
import org.countyhub.imaging.study.StudyStore;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Problem;

/** Decides about what is kept apart: a person names the patient, or says that it is not wanted. The bytes never change. */
public final class QuarantineService {
    private static final int MOST = 1_000;

    private final Db db;
    private final QuarantineStore queue;
    private final StudyStore studies;
    private final BlobStore blobs;
    private final InstanceReader reader;
    private final Function<String, Source> sources;
    private final Clock clock;

    public QuarantineService(
            Db db,
            QuarantineStore queue,
            StudyStore studies,
            BlobStore blobs,
            InstanceReader reader,
            Function<String, Source> sources,
            Clock clock) {
        this.db = db;
        this.queue = queue;
        this.studies = studies;
        this.blobs = blobs;
        this.reader = reader;
        this.sources = sources;
        this.clock = clock;
    }

    /** Open entries after that id, oldest first, at most 1,000. */
    public List<QuarantineEntry> open(long afterId, int limit) {
        return queue.open(afterId, Math.clamp(limit, 1, MOST));
    }

    /** How many are open. */
    public long count() {
        return queue.count();
    }

    public QuarantineEntry entry(long id) {
        return queue.entry(id).orElseThrow(() -> none(id));
    }

    /** The bytes of an entry as a file (PS3.10); close it. */
    public InputStream file(long id) throws IOException {
        QuarantineEntry entry = entry(id);
        if (entry.resolution()
                .map(QuarantineEntry.Resolution::decision)
                .equals(Optional.of(QuarantineEntry.Decision.DISCARDED))) {
            throw Problem.notFound("the bytes of entry " + id + " were discarded");
        }
        return blobs.open(entry.blob(), 0, entry.size());
    }

    /**
     * Puts an entry where it says it belongs, under the patient that somebody names.
     *
     * @param by who decides
     * @throws org.countyhub.kernel.ProblemException when it still contradicts what is there, with the contradiction; nothing is changed
     */
    public void accept(long id, PatientKey patient, String by) {
        boolean known = db.transaction(() -> {
            QuarantineEntry entry = queue.lock(id).orElseThrow(() -> none(id));
            if (entry.reason() == QuarantineReason.MISSING_UID) {
                throw Problem.conflict("it lacks a UID, so there is no place for it; have it sent again with its UIDs");
            }
            StoreOutcome outcome =
                    studies.add(List.of(instance(entry, patient))).getFirst();
            if (outcome instanceof StoreOutcome.Held held) {
                throw Problem.conflict(held.reason() + ": " + held.detail());
            }
            queue.resolve(id, QuarantineEntry.Decision.ACCEPTED, clock.instant(), by);
            return outcome instanceof StoreOutcome.Known;
        });
        if (known) {
            delete(entry(id).blob());
        }
    }

    private Instance instance(QuarantineEntry entry, PatientKey patient) {
        Sender sender = new Sender(sources.apply(entry.source()), entry.sender(), entry.address());
        try {
            return reader.again(
                    sender,
                    patient,
                    entry.received(),
                    clock.instant(),
                    new Part10.FileMeta(entry.transferSyntax(), entry.sopClassUid(), entry.sopInstanceUid()),
                    new InstanceReader.Kept(entry.blob(), entry.datasetPosition(), entry.size(), entry.digest()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the bytes of an entry; that it was there stays on record. */
    public void discard(long id, String by) {
        String blob = db.transaction(() -> {
            QuarantineEntry entry = queue.lock(id).orElseThrow(() -> none(id));
            queue.resolve(id, QuarantineEntry.Decision.DISCARDED, clock.instant(), by);
            return entry.blob();
        });
        delete(blob);
    }

    private void delete(String blob) {
        try {
            blobs.delete(blob);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RuntimeException none(long id) {
        return Problem.notFound("there is no open entry " + id + " in the quarantine");
    }
}

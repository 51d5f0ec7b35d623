package org.countyhub.imaging.dimse;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ExecutionException;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.net.Caller;
import org.countyhub.imaging.dicom.net.Status;
import org.countyhub.imaging.dicom.net.StoreService;
import org.countyhub.imaging.peers.Permission;
import org.countyhub.imaging.study.Ingest;
import org.countyhub.imaging.study.Sender;
import org.countyhub.imaging.study.StoreOutcome;
import org.countyhub.kernel.ProblemException;

/** C-STORE (PS3.4 annex B): every instance goes where all instances go, and success is said when its bytes are durable and on record. */
final class StoreScp implements StoreService {
    /** Coercion of data elements is the warning that comes nearest to being kept apart (PS3.4 table B.2-1). */
    private static final int KEPT_APART = 0xB000;

    private final Access access;
    private final Ingest ingest;

    StoreScp(Access access, Ingest ingest) {
        this.access = access;
        this.ingest = ingest;
    }

    @Override
    public Status store(Caller caller, Sent sent, InputStream dataset) throws IOException {
        Sender sender = Access.sender(access.may(caller, Permission.STORE), caller);
        Part10.FileMeta meta = new Part10.FileMeta(
                new TransferSyntax(sent.transferSyntaxUid()), sent.sopClassUid(), sent.sopInstanceUid());
        try {
            return switch (ingest.store(sender, meta, dataset).get()) {
                case StoreOutcome.Added ignored -> Status.SUCCESS;
                case StoreOutcome.Known ignored -> Status.SUCCESS;
                case StoreOutcome.Held held -> Status.of(KEPT_APART, "kept apart: " + held.detail());
            };
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException refused) {
                throw refused;
            }
            throw new IllegalStateException("an instance could not be put on record", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}

package org.countyhub.imaging.dimse;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.net.Outlet;
import org.countyhub.imaging.dicom.net.RetrieveService.Progress;
import org.countyhub.imaging.dicom.net.Status;
import org.countyhub.imaging.dicom.net.StoreService;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.outgoing.Outgoing;
import org.countyhub.imaging.study.outgoing.OutgoingInstances;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends instances one after the other: as they are kept where the other side takes that, else as something that it takes. */
final class Sending {
    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);
    /** A pending response now and then; one for each of 3,000 slices would be a third of the traffic. */
    private static final long PENDING_EVERY_NANOS = 1_000_000_000L;

    private final OutgoingInstances instances;

    Sending(OutgoingInstances instances) {
        this.instances = instances;
    }

    /**
     * Sends what is not cancelled before.
     *
     * @throws IOException where the association is of no more use; what was not sent then is not counted
     */
    void send(
            List<Stored> all,
            Source asking,
            Outlet.@Nullable Origin origin,
            Outlet outlet,
            SubOperations operations,
            Progress progress)
            throws IOException {
        OutgoingInstances.For to = instances.to(asking);
        long told = System.nanoTime();
        progress.pending(operations.counts());
        for (Stored stored : all) {
            if (progress.cancelled()) {
                return;
            }
            send(stored, to, origin, outlet, operations);
            long now = System.nanoTime();
            if (now - told > PENDING_EVERY_NANOS) {
                progress.pending(operations.counts());
                told = now;
            }
        }
    }

    private static void send(
            Stored stored,
            OutgoingInstances.For to,
            Outlet.@Nullable Origin origin,
            Outlet outlet,
            SubOperations operations)
            throws IOException {
        Set<String> taken = outlet.transferSyntaxes(stored.sopClassUid());
        Optional<Outgoing> prepared = prepared(stored, to, taken);
        if (prepared.isEmpty()) {
            operations.failed(stored);
            return;
        }
        TransferSyntax syntax = prepared.get().transferSyntax();
        Status status;
        try {
            status = outlet.store(
                    new StoreService.Sent(stored.sopClassUid(), stored.sopInstanceUid(), syntax.uid()),
                    origin,
                    prepared.get().data()::writeTo);
        } catch (IOException e) {
            operations.failed(stored);
            throw e;
        }
        operations.sent(stored, status);
        if (!status.isDone()) {
            LOG.warn("{} was refused with {}", stored.sopInstanceUid(), "%04XH".formatted(status.code()));
        }
    }

    private static Optional<Outgoing> prepared(Stored stored, OutgoingInstances.For to, Set<String> taken) {
        try {
            Optional<TransferSyntax> target = target(stored.transferSyntax(), taken, to.asKept(stored));
            return target.isEmpty() ? Optional.empty() : Optional.of(to.prepare(stored, target.get()));
        } catch (IOException | RuntimeException e) {
            LOG.error("{} cannot be read", stored.sopInstanceUid(), e);
            return Optional.empty();
        }
    }

    /** As it is kept if that is taken, else as explicit or implicit little endian. */
    private static Optional<TransferSyntax> target(TransferSyntax kept, Set<String> taken, boolean asKept) {
        // Big endian is retired, and nothing is written in it.
        if (taken.contains(kept.uid()) && (asKept || !kept.isBigEndian())) {
            return Optional.of(kept);
        }
        if (taken.contains(TransferSyntax.EXPLICIT_LITTLE_ENDIAN.uid())) {
            return Optional.of(TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
        }
        return taken.contains(TransferSyntax.IMPLICIT_LITTLE_ENDIAN.uid())
                ? Optional.of(TransferSyntax.IMPLICIT_LITTLE_ENDIAN)
                : Optional.empty();
    }
}

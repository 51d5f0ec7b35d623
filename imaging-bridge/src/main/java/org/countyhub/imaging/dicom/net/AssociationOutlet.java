package org.countyhub.imaging.dicom.net;

import java.io.IOException;
import java.util.Set;
import org.aoju.bus.core.exception.InternalException;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.DimseRSP;
import org.countyhub.imaging.dicom.Dataset;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends over an association of the toolkit. */
final class AssociationOutlet implements Outlet {
    private static final Logger LOG = LoggerFactory.getLogger(AssociationOutlet.class);
    private static final int STATUS = 0x00000900;
    private static final int ERROR_COMMENT = 0x00000902;
    private static final int MEDIUM = 0;

    private final Association association;
    private final boolean own;

    /** @param own whether the hub opened it, and has to release it */
    AssociationOutlet(Association association, boolean own) {
        this.association = association;
        this.own = own;
    }

    @Override
    public Set<String> transferSyntaxes(String sopClassUid) {
        return association.isSCUFor(sopClassUid) ? association.getTransferSyntaxesFor(sopClassUid) : Set.of();
    }

    @Override
    public Status store(StoreService.Sent sent, @Nullable Origin origin, Content content) throws IOException {
        return answer(() -> origin == null
                ? association.cstore(
                        sent.sopClassUid(),
                        sent.sopInstanceUid(),
                        MEDIUM,
                        (out, syntax) -> content.writeTo(out),
                        sent.transferSyntaxUid())
                : association.cstore(
                        sent.sopClassUid(),
                        sent.sopInstanceUid(),
                        MEDIUM,
                        origin.aeTitle(),
                        origin.messageId(),
                        (out, syntax) -> content.writeTo(out),
                        sent.transferSyntaxUid()));
    }

    @Override
    public Status report(String sopClassUid, String sopInstanceUid, int eventType, Dataset information)
            throws IOException {
        return answer(() ->
                association.neventReport(sopClassUid, sopInstanceUid, eventType, ToolkitDataset.of(information), null));
    }

    @Override
    public Status create(String sopClassUid, String sopInstanceUid, Dataset attributes) throws IOException {
        return answer(() -> association.ncreate(sopClassUid, sopInstanceUid, ToolkitDataset.of(attributes), null));
    }

    @FunctionalInterface
    private interface Request {
        DimseRSP send() throws IOException, InterruptedException;
    }

    private Status answer(Request request) throws IOException {
        try {
            DimseRSP response = request.send();
            if (!response.next()) {
                throw new IOException("no response from " + association.getRemoteAET());
            }
            Attributes command = response.getCommand();
            return new Status(command.getInt(STATUS, 0x0110), command.getString(ERROR_COMMENT));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            association.abort();
            throw new IOException("interrupted while " + association.getRemoteAET() + " was to answer", e);
        } catch (InternalException e) {
            // No presentation context for it, or not in this role.
            return Status.of(0x0122, "not negotiated");
        } catch (IOException | RuntimeException e) {
            // The message may have been half sent: nothing can follow it.
            association.abort();
            throw e;
        }
    }

    @Override
    public boolean isOpen() {
        return association.isReadyForDataTransfer();
    }

    @Override
    public void close() {
        if (own && isOpen()) {
            try {
                association.release();
            } catch (IOException e) {
                LOG.debug("release of {}: {}", association, e.toString());
            }
        }
    }
}

package org.countyhub.imaging.dicom.net;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.aoju.bus.image.Dimse;
import org.aoju.bus.image.UID;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.Commands;
import org.aoju.bus.image.metric.internal.pdu.Presentation;
import org.countyhub.imaging.dicom.Dataset;
import org.jspecify.annotations.Nullable;

/** One request on an association, and its responses (PS3.7 section 9.3, 10.3). */
final class Exchange {
    private static final int MESSAGE_ID = 0x00000110;
    private static final int MOVE_DESTINATION = 0x00000600;
    private static final int ERROR_COMMENT = 0x00000902;
    private static final int AFFECTED_SOP_INSTANCE_UID = 0x00001000;
    private static final int ACTION_TYPE_ID = 0x00001008;
    private static final int REMAINING = 0x00001020;
    private static final int COMPLETED = 0x00001021;
    private static final int FAILED = 0x00001022;
    private static final int WARNING = 0x00001023;
    private static final int FAILED_SOP_INSTANCE_UID_LIST = 0x00080058;

    private final Association association;
    private final Presentation context;
    private final Dimse dimse;
    private final Attributes command;
    private final Runnable release;
    private final AtomicBoolean released = new AtomicBoolean();
    private volatile boolean cancellable;

    /** @param release lets the next operation begin */
    Exchange(Association association, Presentation context, Dimse dimse, Attributes command, Runnable release) {
        this.association = association;
        this.context = context;
        this.dimse = dimse;
        this.command = command;
        this.release = release;
        if (dimse == Dimse.N_CREATE_RQ && command.getString(AFFECTED_SOP_INSTANCE_UID) == null) {
            // The provider names what it creates where the user does not (PS3.7 section 10.1.5.1.4).
            command.setString(AFFECTED_SOP_INSTANCE_UID, VR.UI, UID.createUID());
        }
    }

    Presentation context() {
        return context;
    }

    Dimse dimse() {
        return dimse;
    }

    Status.Kind kind() {
        return switch (dimse) {
            case C_STORE_RQ, C_ECHO_RQ -> Status.Kind.STORE;
            case C_FIND_RQ, C_GET_RQ, C_MOVE_RQ -> Status.Kind.QUERY;
            default -> Status.Kind.NORMALIZED;
        };
    }

    String sopClassUid() {
        return required(dimse.tagOfSOPClassUID());
    }

    String sopInstanceUid() {
        return required(dimse.tagOfSOPInstanceUID());
    }

    String destination() {
        return required(MOVE_DESTINATION);
    }

    private String required(int tag) {
        String value = command.getString(tag);
        if (value == null) {
            throw new Refusal(Status.of(0x0212, "the command has no (0000,%04X)".formatted(tag & 0xFFFF)));
        }
        return value;
    }

    int messageId() {
        return command.getInt(MESSAGE_ID, 0);
    }

    int actionType() {
        return command.getInt(ACTION_TYPE_ID, 0);
    }

    boolean isOpen() {
        return association.isReadyForDataTransfer();
    }

    void onCancel(Runnable cancel) {
        if (kind() == Status.Kind.QUERY) {
            cancellable = true;
            association.addCancelRQHandler(messageId(), ignored -> cancel.run());
        }
    }

    Outlet outlet() {
        return new AssociationOutlet(association, false);
    }

    FindService.Matches matches(AtomicBoolean cancelled) {
        return new FindService.Matches() {
            @Override
            public void send(Dataset match, boolean partly) throws IOException {
                respond(partly ? Status.PENDING_PARTLY : Status.PENDING, null, ToolkitDataset.of(match));
            }

            @Override
            public boolean cancelled() {
                return cancelled.get();
            }
        };
    }

    RetrieveService.Progress progress(AtomicBoolean cancelled) {
        return new RetrieveService.Progress() {
            @Override
            public void pending(RetrieveService.Counts counts) throws IOException {
                association.writeDimseRSP(context, with(counts, response(Status.PENDING, null), true));
            }

            @Override
            public boolean cancelled() {
                return cancelled.get();
            }
        };
    }

    /** Lets the next operation begin, once. */
    void release() {
        if (released.compareAndSet(false, true)) {
            if (cancellable) {
                // Of its own only: a peer may use a message id twice.
                association.removeCancelRQHandler(messageId());
            }
            release.run();
        }
    }

    /** The last response; the next request may come as soon as it is out. */
    void end(Status status) throws IOException {
        release();
        respond(status.code(), status.comment(), null);
    }

    void end(RetrieveService.Outcome outcome) throws IOException {
        Status status = outcome.status();
        boolean remain = status.code() == Status.CANCELLED.code();
        Attributes response = with(outcome.counts(), response(status.code(), status.comment()), remain);
        Attributes failed = null;
        if (!outcome.failed().isEmpty()) {
            failed = new Attributes();
            failed.setString(
                    FAILED_SOP_INSTANCE_UID_LIST, VR.UI, outcome.failed().toArray(String[]::new));
        }
        release();
        association.writeDimseRSP(context, response, failed);
    }

    /** The same, where the association may be gone. */
    void tryEnd(Status status) {
        release();
        association.tryWriteDimseRSP(context, response(status.code(), status.comment()));
    }

    private void respond(int code, @Nullable String comment, @Nullable Attributes data) throws IOException {
        association.writeDimseRSP(context, response(code, comment), data);
    }

    private Attributes response(int code, @Nullable String comment) {
        Attributes response = Commands.mkRSP(command, code, dimse);
        if (comment != null) {
            response.setString(ERROR_COMMENT, VR.LO, comment);
        }
        return response;
    }

    private static Attributes with(RetrieveService.Counts counts, Attributes response, boolean remain) {
        if (remain) {
            response.setInt(REMAINING, VR.US, counts.remaining());
        }
        response.setInt(COMPLETED, VR.US, counts.completed());
        response.setInt(FAILED, VR.US, counts.failed());
        response.setInt(WARNING, VR.US, counts.warning());
        return response;
    }
}

package org.countyhub.imaging.dimse;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.net.Outlet;
import org.countyhub.imaging.dicom.net.Proposal;
import org.countyhub.imaging.dicom.net.Status;
import org.countyhub.imaging.peers.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells devices what they are owed, beside whatever goes on: later again where they cannot be reached, and dropped in the end. */
final class Messenger {
    private static final Logger LOG = LoggerFactory.getLogger(Messenger.class);
    private static final int MOST_AT_ONCE = 64;

    private final Calls calls;
    private final List<Duration> again;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);

    /** @param again after how long a message that failed is sent once more */
    Messenger(Calls calls, List<Duration> again) {
        this.calls = calls;
        this.again = List.copyOf(again);
    }

    /** Sends one message. */
    @FunctionalInterface
    interface Message {
        Status send(Outlet outlet) throws IOException;
    }

    /** Runs something in a thread of its own; false where too much runs already. */
    boolean start(Runnable work) {
        if (!room.tryAcquire()) {
            return false;
        }
        Thread.ofVirtual().name("dicom-messenger").start(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("a message to a device failed", e);
            } finally {
                room.release();
            }
        });
        return true;
    }

    /** Calls the device as its provider, or as its user, of a class, and sends it a message. */
    void tell(Device device, String sopClassUid, boolean asProvider, Message message) {
        Proposal proposal = new Proposal(
                sopClassUid,
                List.of(TransferSyntax.EXPLICIT_LITTLE_ENDIAN.uid(), TransferSyntax.IMPLICIT_LITTLE_ENDIAN.uid()),
                asProvider);
        for (int attempt = 0; attempt <= again.size(); attempt++) {
            try (Outlet outlet = calls.open(device, List.of(proposal))) {
                answered(device, message.send(outlet));
                return;
            } catch (IOException e) {
                LOG.warn("{} could not be told (attempt {}): {}", device.aeTitle(), attempt + 1, e.toString());
                if (attempt == again.size() || !slept(again.get(attempt))) {
                    return;
                }
            }
        }
    }

    /** Notes an answer that is no success. */
    static void answered(Device device, Status status) {
        if (!status.isDone()) {
            LOG.warn("{} answered {} to a message", device.aeTitle(), "%04XH".formatted(status.code()));
        }
    }

    private static boolean slept(Duration duration) {
        try {
            Thread.sleep(duration);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

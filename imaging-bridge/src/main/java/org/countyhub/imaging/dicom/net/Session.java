package org.countyhub.imaging.dicom.net;

import java.util.concurrent.atomic.AtomicBoolean;

/** An association that was let in. */
final class Session {
    private final Caller caller;
    private final AtomicBoolean busy = new AtomicBoolean();

    Session(Caller caller) {
        this.caller = caller;
    }

    Caller caller() {
        return caller;
    }

    /** Begins an operation; false while another goes on, for the hub has agreed to one at a time (PS3.7 annex D.3.3.3). */
    boolean begin() {
        return busy.compareAndSet(false, true);
    }

    void end() {
        busy.set(false);
    }
}

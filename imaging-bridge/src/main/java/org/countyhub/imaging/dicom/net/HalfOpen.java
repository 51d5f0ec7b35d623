package org.countyhub.imaging.dicom.net;

import java.util.LinkedHashSet;

/**
 * Connections that have not yet asked for an association. When there are too many the oldest gives way: whoever means to ask does so at
 * once, so a flood of connections that never ask drowns itself and nobody else.
 */
final class HalfOpen {
    private final int most;
    private final LinkedHashSet<GuardedSocket> waiting = new LinkedHashSet<>();

    HalfOpen(int most) {
        this.most = most;
    }

    void add(GuardedSocket socket) {
        GuardedSocket oldest = null;
        synchronized (this) {
            if (waiting.size() >= most) {
                oldest = waiting.removeFirst();
            }
            waiting.add(socket);
        }
        if (oldest != null) {
            oldest.close();
        }
    }

    synchronized void remove(GuardedSocket socket) {
        waiting.remove(socket);
    }

    synchronized int size() {
        return waiting.size();
    }
}

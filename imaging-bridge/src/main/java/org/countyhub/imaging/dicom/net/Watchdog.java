package org.countyhub.imaging.dicom.net;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Looks twice a second which connections stand still. One thread for all; a deadline costs a write to a field. */
final class Watchdog implements AutoCloseable {
    private static final long PERIOD_MILLIS = 500;

    private final Set<GuardedSocket> sockets = ConcurrentHashMap.newKeySet();
    private final Thread thread;

    Watchdog() {
        thread = Thread.ofPlatform().daemon().name("dicom-watchdog").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PERIOD_MILLIS);
                sockets.forEach(GuardedSocket::check);
            }
        } catch (InterruptedException e) {
            sockets.forEach(GuardedSocket::close);
        }
    }

    void watch(GuardedSocket socket) {
        sockets.add(socket);
    }

    void forget(GuardedSocket socket) {
        sockets.remove(socket);
    }

    /** Closes all that is open. */
    @Override
    public void close() {
        thread.interrupt();
    }
}

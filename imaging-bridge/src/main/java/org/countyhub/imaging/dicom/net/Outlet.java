package org.countyhub.imaging.dicom.net;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import org.countyhub.imaging.dicom.Dataset;
import org.jspecify.annotations.Nullable;

/** An association over which the hub sends. Used by one thread at a time. */
public interface Outlet extends AutoCloseable {
    /** The transfer syntaxes in which the other side takes instances of a class from the hub; empty where it takes none. */
    Set<String> transferSyntaxes(String sopClassUid);

    /**
     * Sends an instance and waits for what the other side says (C-STORE).
     *
     * @param origin whose C-MOVE this is part of; null for none
     * @throws IOException where the association is of no more use
     */
    Status store(StoreService.Sent sent, @Nullable Origin origin, Content content) throws IOException;

    /** Reports an event (N-EVENT-REPORT). */
    Status report(String sopClassUid, String sopInstanceUid, int eventType, Dataset information) throws IOException;

    /** Creates a managed object (N-CREATE). */
    Status create(String sopClassUid, String sopInstanceUid, Dataset attributes) throws IOException;

    /** Whether it can still be used. */
    boolean isOpen();

    /** Releases an association that the hub opened; does nothing to one that it was offered. */
    @Override
    void close();

    /** Writes the data set of an instance. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** The C-MOVE that an instance is sent for (PS3.7 section 9.1.1.1). */
    record Origin(String aeTitle, int messageId) {}
}

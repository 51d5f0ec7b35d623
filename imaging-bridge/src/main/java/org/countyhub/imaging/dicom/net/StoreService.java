package org.countyhub.imaging.dicom.net;

import java.io.IOException;
import java.io.InputStream;

/** Takes instances that are sent (PS3.4 annex B). */
@FunctionalInterface
public interface StoreService {
    /**
     * Stores an instance; what it leaves unread of the data set is passed over.
     *
     * @return when the bytes are safe, or are not going to be
     * @throws IOException where the data set cannot be read to its end
     */
    Status store(Caller caller, Sent sent, InputStream dataset) throws IOException;

    /** What the command says is sent; the data set may say otherwise. */
    record Sent(String sopClassUid, String sopInstanceUid, String transferSyntaxUid) {}
}

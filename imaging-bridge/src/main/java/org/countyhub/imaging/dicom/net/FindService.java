package org.countyhub.imaging.dicom.net;

import java.io.IOException;
import org.countyhub.imaging.dicom.Dataset;

/** Answers queries (PS3.4 annexes C and K). */
@FunctionalInterface
public interface FindService {
    /** Finds what matches and hands it over. */
    Status find(Caller caller, String sopClassUid, Dataset identifier, Matches matches) throws IOException;

    /** Where matches go. */
    interface Matches {
        /** @param partly whether keys were asked for by which the hub does not match (PS3.4 section C.4.1.1.4, status FF01) */
        void send(Dataset match, boolean partly) throws IOException;

        /** Whether the asker has had enough (C-CANCEL). */
        boolean cancelled();
    }
}

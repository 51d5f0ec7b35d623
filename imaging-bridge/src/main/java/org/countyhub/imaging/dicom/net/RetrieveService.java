package org.countyhub.imaging.dicom.net;

import java.io.IOException;
import java.util.List;
import org.countyhub.imaging.dicom.Dataset;

/** Sends stored instances to where they are asked for (PS3.4 section C.4.2 and C.4.3). */
public interface RetrieveService {
    /** C-MOVE: to another application entity. */
    Outcome move(Caller caller, String destination, int messageId, Dataset identifier, Progress progress)
            throws IOException;

    /** C-GET: over the association on which they are asked for. */
    Outcome get(Caller caller, Dataset identifier, Outlet outlet, Progress progress) throws IOException;

    /** Tells how it goes on. */
    interface Progress {
        void pending(Counts counts) throws IOException;

        boolean cancelled();
    }

    /** Sub-operations (PS3.7 section 9.1.4.1.7). */
    record Counts(int remaining, int completed, int failed, int warning) {}

    /** @param failed SOP Instance UIDs that were not sent, as many as are told */
    record Outcome(Status status, Counts counts, List<String> failed) {
        public Outcome {
            failed = List.copyOf(failed);
        }

        /** Nothing was begun. */
        public static Outcome refused(Status status) {
            return new Outcome(status, new Counts(0, 0, 0, 0), List.of());
        }
    }
}

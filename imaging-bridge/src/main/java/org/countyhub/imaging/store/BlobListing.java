package org.countyhub.imaging.store;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a store of blobs holds, by the hour in which each began, whether or not anything refers to it. */
public interface BlobListing {
    /**
     * A blob that is there.
     *
     * @param written when its last byte was
     */
    record Listed(String key, Instant written) {}

    /** Takes some of them; may take its time. */
    @FunctionalInterface
    interface Portion {
        void take(List<Listed> blobs) throws IOException, InterruptedException;
    }

    /** A moment of the first hour of which there are blobs; empty where there are none. */
    Optional<Instant> oldest() throws IOException;

    /** Hands over the blobs that began in the hour of that moment, some hundred at a time. */
    void hour(Instant moment, Portion portion) throws IOException, InterruptedException;
}

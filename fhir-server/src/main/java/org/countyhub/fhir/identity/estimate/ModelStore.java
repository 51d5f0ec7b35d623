package org.countyhub.fhir.identity.estimate;

import org.jspecify.annotations.Nullable;

/** Where estimations are kept. Each call is a statement by itself. */
public interface ModelStore {
    /** The latest estimation that was not refused; null when there is none. */
    @Nullable
    Estimation inForce();

    /** The latest estimation; null when there is none. */
    @Nullable
    Estimation latest();

    /** One estimation; null when there is none of that version. */
    @Nullable
    Estimation find(int version);

    /**
     * Keeps an estimation under the next version, and tells every server when it was not refused.
     *
     * @param estimation its version does not count
     * @return the version
     */
    int keep(Estimation estimation);

    /**
     * Does the work unless another server, or another thread of this one, is at such work.
     *
     * @return whether it was done
     */
    boolean alone(Runnable work);
}

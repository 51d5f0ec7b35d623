package org.countyhub.imaging.study;

/** What became of an instance; in each case its bytes are safe when this is said. */
public sealed interface StoreOutcome {
    /** It is part of its study. */
    record Added() implements StoreOutcome {}

    /** The same bytes were there before; nothing was done. */
    record Known() implements StoreOutcome {}

    /**
     * It is kept apart until somebody decides.
     *
     * @param before whether the same bytes of that source were held before, and nothing was done now
     */
    record Held(QuarantineReason reason, String detail, boolean before) implements StoreOutcome {
        Held(QuarantineReason reason, String detail) {
            this(reason, detail, false);
        }
    }
}

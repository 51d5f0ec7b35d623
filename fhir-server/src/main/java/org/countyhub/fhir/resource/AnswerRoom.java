package org.countyhub.fhir.resource;

/**
 * The memory that an answer in the making may take. Whoever reads bodies for an answer asks before it keeps them.
 * For one thread.
 */
public interface AnswerRoom {
    /** As much as two bodies need: for conditions, which look at no more. */
    AnswerRoom UNBOUNDED = of(Integer.MAX_VALUE);

    /** A page that holds this many bytes of bodies ends early; a first body that is larger is on it all the same. */
    int pageBytes();

    /**
     * Takes room for so many bytes more.
     *
     * @throws org.countyhub.kernel.ProblemException {@code Busy} when the answers in work leave no room
     */
    void take(long bytes);

    /** Room for pages of a size that nobody else shares. */
    static AnswerRoom of(int pageBytes) {
        return new AnswerRoom() {
            @Override
            public int pageBytes() {
                return pageBytes;
            }

            @Override
            public void take(long bytes) {
                // Not shared, so nothing to count.
            }
        };
    }
}

package org.countyhub.imaging.fuzz;

import java.io.IOException;
import java.util.List;

/** Something that reads what others have sent, and what it promises of any bytes whatsoever. */
public interface FuzzTarget {
    /** Right inputs, and wrong ones of note, from which others are made. */
    List<byte[]> seeds() throws IOException;

    /**
     * Reads an input and looks whether what comes of it is coherent; AssertionError where it is not.
     *
     * @throws Exception as the reader does
     */
    void run(byte[] input) throws Exception;

    /** Whether that is how the reader refuses an input. */
    default boolean isRefusal(Exception thrown) {
        return thrown instanceof org.countyhub.kernel.ProblemException refused
                && !refused.problem().faults().isEmpty();
    }
}

package org.countyhub.imaging.study.query;

import java.util.Set;

/**
 * What is to be returned beyond what every answer has.
 *
 * @param all everything that the index keeps
 * @param tags these, as far as it keeps them
 */
public record Fields(boolean all, Set<Integer> tags) {
    public Fields {
        tags = Set.copyOf(tags);
    }
}

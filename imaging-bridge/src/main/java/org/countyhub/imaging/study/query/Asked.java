package org.countyhub.imaging.study.query;

import java.util.List;

/**
 * A question as it was understood.
 *
 * @param fields what it wants returned, what it matches included
 * @param unmatched keys with values that the index cannot be asked by, as tags (PS3.4 section C.4.1.1.4, status FF01); none from QIDO-RS,
 *     which refuses them
 */
public record Asked(Query query, Fields fields, List<Integer> unmatched) {
    public Asked {
        unmatched = List.copyOf(unmatched);
    }
}

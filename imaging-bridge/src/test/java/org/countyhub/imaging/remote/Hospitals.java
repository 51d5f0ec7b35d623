package org.countyhub.imaging.remote;

import java.util.Map;
import org.countyhub.imaging.study.Source;

/** Two hospitals that number their patients and examinations each for itself. */
final class Hospitals {
    static final Source EAST = new Source(
            "east", null, "urn:oid:1.2.3.1.1", "urn:oid:1.2.3.1.2", Map.of("WEST", "urn:oid:1.2.3.2.1"), null);
    static final Source WEST = new Source("west", null, "urn:oid:1.2.3.2.1", "urn:oid:1.2.3.2.2", Map.of(), null);

    private Hospitals() {}

    /** A resident ID of the county with its check character (GB 11643), a different one for each number below 1,000. */
    static String residentId(int number) {
        String first = "11010519491231" + "%03d".formatted(number);
        int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * (first.charAt(i) - '0');
        }
        return first + "10X98765432".charAt(sum % 11);
    }
}

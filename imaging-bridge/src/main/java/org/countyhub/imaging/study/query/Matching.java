package org.countyhub.imaging.study.query;

import java.util.List;
import java.util.Set;
import org.countyhub.imaging.study.PatientKey;
import org.jspecify.annotations.Nullable;

/** How an attribute is matched (PS3.4 section C.2.2.2). Universal matching is none. */
public sealed interface Matching {
    int tag();

    /** One of these values, exactly; names without regard to case. */
    record Values(int tag, List<String> values) implements Matching {
        public Values {
            values = List.copyOf(values);
        }
    }

    /** A pattern with {@code *} and {@code ?}. */
    record Wildcard(int tag, String pattern) implements Matching {}

    /** Dates (DA) or times (TM) within bounds, both inclusive; null is open. */
    record Range(int tag, @Nullable String low, @Nullable String high) implements Matching {}

    /**
     * A moment within bounds: the date of one tag and the time of another taken together (PS3.4 section C.2.2.2.5.3).
     *
     * @param tag of the date
     * @param low date and time one after the other; null is open
     */
    record Moment(
            int tag,
            int timeTag,
            @Nullable String low,
            @Nullable String high) implements Matching {}

    /** A name that sounds or is written alike: by prefix of each of its parts, by pinyin, without regard to case. */
    record Fuzzy(int tag, String name) implements Matching {}

    /** One of these patients; none of them finds nothing. What a PatientID means to whoever asks, see PatientDirectory. */
    record Patients(int tag, Set<PatientKey> keys) implements Matching {
        public Patients {
            keys = Set.copyOf(keys);
        }
    }
}

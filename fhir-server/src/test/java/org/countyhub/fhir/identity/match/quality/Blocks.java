package org.countyhub.fhir.identity.match.quality;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.countyhub.fhir.identity.match.BlockingKey;
import org.countyhub.fhir.identity.match.BlockingKeys;
import org.countyhub.fhir.identity.match.Traits;

/** Records in memory, found by their keys as the database finds them. */
final class Blocks {
    /** A key that more records share is skipped. */
    static final int MOST_OF_ONE_KEY = 100;

    private final Map<BlockingKey.Kind, Map<Long, List<Integer>>> records = new EnumMap<>(BlockingKey.Kind.class);

    void add(int record, Traits traits) {
        for (BlockingKey key : BlockingKeys.of(traits)) {
            records.computeIfAbsent(key.kind(), kind -> new HashMap<>())
                    .computeIfAbsent(key.hash(), hash -> new ArrayList<>(2))
                    .add(record);
        }
    }

    /** Numbers of all records that share a key, in ascending order. */
    Set<Integer> sharing(Traits traits) {
        Set<Integer> found = new TreeSet<>();
        for (BlockingKey key : BlockingKeys.asked(traits, BlockingKeys.of(traits))) {
            List<Integer> block = records.getOrDefault(key.kind(), Map.of()).getOrDefault(key.hash(), List.of());
            if (block.size() <= MOST_OF_ONE_KEY || key.kind() == BlockingKey.Kind.VERIFIED_CODE) {
                found.addAll(block);
            }
        }
        return found;
    }
}

package org.countyhub.fhir.structure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.countyhub.kernel.Fault;

/**
 * What is wrong with entries of a batch. Of the first entries as much is told as of a resource by itself; when that has
 * become much, one fault of each, so that faults never take more memory than the entries in whose place they stand.
 */
final class EntryFaults {
    private static final int MANY = 1000;

    private final Map<Integer, List<Fault>> byEntry = new HashMap<>();
    private int told;

    /** How many faults of the next wrong entry are kept. */
    int room() {
        return told < MANY ? StructureCheck.MAX_FAULTS : 1;
    }

    void add(int entry, List<Fault> faults) {
        List<Fault> kept = List.copyOf(faults.subList(0, Math.min(faults.size(), room())));
        byEntry.put(entry, kept);
        told += kept.size();
    }

    Map<Integer, List<Fault>> byEntry() {
        return byEntry;
    }
}

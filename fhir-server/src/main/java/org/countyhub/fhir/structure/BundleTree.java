package org.countyhub.fhir.structure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/**
 * A Bundle as it was sent. It has passed the structure check; but the entries of a batch stand each for themselves (FHIR R4
 * section 3.1.0.11.1), and those of them that are wrong are told apart.
 *
 * @param resource the Bundle, in which a wrong entry of a batch is null
 * @param wrongEntries by their positions, what is wrong with entries of a batch, with places in the Bundle
 */
public record BundleTree(ObjectNode resource, Map<Integer, List<Fault>> wrongEntries) {
    /** As many as a body of the usual bound holds when they are worth sending; each costs an answer, however little it says. */
    static final int MAX_ENTRIES = 100_000;

    /** Refuses a Bundle of so many entries. */
    static void requireRoomFor(int entries) {
        if (entries > MAX_ENTRIES) {
            throw new Problem.TooLarge(List.of(Fault.at(
                            "Bundle.entry",
                            "too-costly",
                            "a batch or transaction has at most %d entries".formatted(MAX_ENTRIES))))
                    .exception();
        }
    }

    /** Whether a resource is one whose entries stand each for themselves. */
    static boolean isBatch(ObjectNode resource) {
        return resource.path("resourceType").asText().equals("Bundle")
                && resource.path("type").asText().equals("batch");
    }
}

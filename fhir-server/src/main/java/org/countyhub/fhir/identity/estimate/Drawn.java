package org.countyhub.fhir.identity.estimate;

import org.countyhub.fhir.identity.match.NameFrequencies;
import org.countyhub.fhir.identity.match.PatternCounts;

/**
 * What was counted of a county.
 *
 * @param patients of the county
 * @param compared of these, those that were compared with everyone they share a key with
 * @param named of these, those whose names were counted
 * @param random pairs as good as drawn at random
 * @param blocked ordered pairs, of one that was compared and one that it shares a key with, without those that a conflict
 *     tells apart
 * @param proven of the blocked pairs, those with the same verified code; the pattern says nothing of codes
 * @param refuted ordered pairs that share a key and have different resident IDs; likewise, and the empty pattern where
 *     something else tells them apart too
 */
record Drawn(
        long patients,
        int compared,
        int named,
        PatternCounts random,
        PatternCounts blocked,
        PatternCounts proven,
        PatternCounts refuted,
        NameFrequencies families,
        NameFrequencies givenNames) {
    /** All ordered pairs from which the blocked ones were drawn. */
    double allPairs() {
        return Math.max(1, compared * (patients - 1.0));
    }
}

package org.countyhub.fhir.identity.estimate;

/**
 * How much an estimation may look at, and the least that it needs.
 *
 * @param leastPatients a smaller county keeps the start model
 * @param leastMatches fewer pairs of one person tell too little
 * @param named patients whose names are counted
 * @param compared patients that are compared with everyone they share a key with
 * @param partners patients read to be compared with; when they are used up, fewer are compared
 * @param randomPairs pairs drawn at random
 * @param moreWrong by how much larger than with the model in force the share of wrong links may be, of those that are made of
 *     pairs whose codes tell the truth without looking at codes
 */
public record Bounds(
        int leastPatients, int leastMatches, int named, int compared, int partners, int randomPairs, double moreWrong) {
    /** Decision 0016 says how these were found. */
    public static final Bounds DEFAULT = new Bounds(15_000, 1_000, 200_000, 20_000, 400_000, 2_000_000, 0.001);
}

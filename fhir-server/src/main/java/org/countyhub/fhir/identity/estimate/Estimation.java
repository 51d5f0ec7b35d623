package org.countyhub.fhir.identity.estimate;

import java.time.Instant;
import org.countyhub.fhir.identity.match.MatchModel;
import org.jspecify.annotations.Nullable;

/**
 * One estimation and what came of it.
 *
 * @param version its number, from 1, by which decisions name the model
 * @param patients of the county at that time
 * @param compared of these, those that were compared with everyone they share a key with
 * @param named of these, those whose names were counted
 * @param randomPairs pairs drawn at random
 * @param blockedPairs ordered pairs of one that was compared and one that it shares a key with
 * @param matches how many of them are expected to be one person
 * @param rounds of expectation maximisation
 * @param refused why the model that was in force stays so; null when this one was taken
 * @param model null when it was refused
 */
public record Estimation(
        int version,
        Instant estimated,
        long patients,
        int compared,
        int named,
        long randomPairs,
        long blockedPairs,
        double matches,
        int rounds,
        @Nullable String refused,
        @Nullable MatchModel model) {
    /** The version by which decisions name the start model, which no estimation made. */
    public static final int START = 0;

    /** The same as it is kept. */
    Estimation of(int keptAs) {
        return new Estimation(
                keptAs,
                estimated,
                patients,
                compared,
                named,
                randomPairs,
                blockedPairs,
                matches,
                rounds,
                refused,
                model);
    }
}

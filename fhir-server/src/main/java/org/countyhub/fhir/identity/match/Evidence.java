package org.countyhub.fhir.identity.match;

import java.util.List;
import java.util.Set;

/**
 * Why an incoming record is, may be or is not of a person.
 *
 * @param record which of the person's records agrees most, from 0
 * @param fields what each field of that record says
 * @param withheld bits that the household's fields say beyond what they may say together
 * @param total odds in bits, prior included: the prior's bits plus those of the fields minus the withheld ones
 * @param probability that belongs to the total
 * @param conflicts what forbids to link without asking
 */
public record Evidence(
        String personId,
        Rule rule,
        int record,
        List<Weighed> fields,
        double withheld,
        double total,
        double probability,
        Set<Conflict> conflicts) {
    public Evidence {
        fields = List.copyOf(fields);
        conflicts = Set.copyOf(conflicts);
    }

    /** What decided. */
    public enum Rule {
        /** A verified code of both is the same. */
        VERIFIED_CODE,
        /** A number that one hospital assigned is the same in both. */
        LOCAL_CODE,
        /** The weights of all fields. */
        WEIGHTS
    }

    /** @param bits for a match; negative against it */
    public record Weighed(Field field, Level level, double bits) {}
}

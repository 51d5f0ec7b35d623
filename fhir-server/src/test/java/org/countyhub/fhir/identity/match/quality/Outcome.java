package org.countyhub.fhir.identity.match.quality;

import java.util.List;

/**
 * What was found, counted in pairs of records.
 *
 * @param right pairs of one person that were linked
 * @param wrong pairs of different persons that were linked
 * @param all pairs of one person
 * @param rightWithoutCode like {@code right}, of those in which one has no verified code
 * @param wrongTwins pairs of twins that were linked
 * @param reviews records shown to someone
 * @param reviewedRight of these, those whose person was among the candidates
 * @param mistakes some of what went wrong, for reading
 */
record Outcome(
        long right,
        long wrong,
        long all,
        long rightWithoutCode,
        long wrongWithoutCode,
        long allWithoutCode,
        long wrongTwins,
        long reviews,
        long reviewedRight,
        List<String> mistakes) {
    double precision() {
        return right / (double) Math.max(1, right + wrong);
    }

    double recall() {
        return right / (double) all;
    }

    double f1() {
        return 2 * precision() * recall() / (precision() + recall());
    }

    double precisionWithoutCode() {
        return rightWithoutCode / (double) Math.max(1, rightWithoutCode + wrongWithoutCode);
    }

    double recallWithoutCode() {
        return rightWithoutCode / (double) Math.max(1, allWithoutCode);
    }

    @Override
    public String toString() {
        return "F1 %.5f, precision %.5f, recall %.5f; without verified code: precision %.5f, recall %.5f of %d; "
                        .formatted(
                                f1(),
                                precision(),
                                recall(),
                                precisionWithoutCode(),
                                recallWithoutCode(),
                                allWithoutCode)
                + "wrong %d, twins linked %d, reviews %d (%d with the right person)"
                        .formatted(wrong, wrongTwins, reviews, reviewedRight);
    }
}

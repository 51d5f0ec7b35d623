package org.countyhub.fhir.identity.match;

/**
 * Where decisions fall, in bits of the odds that two records are one person, prior included: 8 bits are odds of 256 to 1.
 *
 * @param link from here on linked without asking
 * @param review from here on shown to someone
 * @param margin by which a person must lead over the next one to be linked without asking
 * @param household the most that phone, address and guardian may say together for a match, since they tell the household and
 *     not the person
 */
public record Thresholds(double link, double review, double margin, double household) {
    public static final Thresholds START = new Thresholds(8, 0, 5, 18);
}

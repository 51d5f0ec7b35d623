package org.countyhub.fhir.identity;

/**
 * A name as written. One that the source does not split into surname and given names, as is usual for minorities with
 * “·”, is all in {@code given} and has an empty {@code family}.
 *
 * @param given all given names, separated by one space where the source gives several
 */
public record PersonName(String family, String given) {
    /** The whole name: Chinese without a space, others with one. */
    public String text() {
        boolean apart = !family.isEmpty() && !given.isEmpty() && family.codePointAt(0) < 0x2E80;
        return apart ? given + " " + family : family + given;
    }
}

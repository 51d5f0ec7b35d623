package org.countyhub.bench.county;

/**
 * A name as written. A name that does not split into surname and given name, as of minorities with “·” or of a newborn called
 * after the mother, is all in {@code given} and has an empty {@code family}.
 */
public record PersonName(String family, String given) {
    public String text() {
        return family + given;
    }
}

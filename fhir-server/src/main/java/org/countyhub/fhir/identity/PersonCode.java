package org.countyhub.fhir.identity;

/**
 * A card or number of a person.
 *
 * @param system canonical address of the identifier system
 * @param value as compared: without spaces, upper case, a resident ID in its 18 digits
 */
public record PersonCode(String system, String value, Standing standing) {
    /** What a code proves. */
    public enum Standing {
        /** Issued to one person for the whole county, and its check character, where it has one, is right. */
        VERIFIED,
        /** Issued to one person, but nothing tells whether it was typed right: evidence, never proof. */
        UNCHECKED,
        /**
         * Its check character is wrong, the source calls it temporary or old, several people share it, or nothing says whose
         * numbers these are: kept, never compared.
         */
        REFUTED,
        /** Unique only within the hospital that assigned it: proof only against the same assigner, which is part of the system. */
        LOCAL
    }
}

package org.countyhub.bench.county;

import java.util.Locale;

/** Administrative sex, as a resident ID states it (GB 11643: the 17th digit is odd for men). */
public enum Sex {
    MALE,
    FEMALE;

    /** The code of the FHIR value set administrative-gender. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** From the letter the tables use: M or F. */
    static Sex ofLetter(String letter) {
        return switch (letter) {
            case "M" -> MALE;
            case "F" -> FEMALE;
            default -> throw new IllegalArgumentException("sex must be M or F but is " + letter);
        };
    }
}

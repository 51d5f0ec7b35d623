package org.countyhub.fhir.identity.match.quality;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Dates of eight digits, as far as there is such a day. */
final class Dates {
    private Dates() {}

    static @Nullable LocalDate parse(@Nullable String digits) {
        try {
            return digits != null && digits.length() == 8
                    ? LocalDate.of(
                            Integer.parseInt(digits, 0, 4, 10),
                            Integer.parseInt(digits, 4, 6, 10),
                            Integer.parseInt(digits, 6, 8, 10))
                    : null;
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }
}

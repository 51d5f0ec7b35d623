package org.countyhub.bench.county;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.random.RandomGenerator;

/**
 * What a doctor asked for and when it was done and signed, at one hospital.
 *
 * @param seed from which everything the report says is drawn
 * @param number of the report, such as {@code HD20250601-0042}; unique in the county
 * @param department the one that performs and signs
 * @param status final, preliminary or amended (FHIR value set diagnostic-report-status)
 */
public record Order(
        long seed,
        String number,
        ReportKind kind,
        Person person,
        Registration registration,
        Department department,
        Doctor requester,
        Doctor author,
        OffsetDateTime orderedAt,
        OffsetDateTime performedAt,
        OffsetDateTime issuedAt,
        String status) {

    public Hospital hospital() {
        return registration.hospital();
    }

    /**
     * The number under which the hospital's devices know it: that of the report, short enough for an AccessionNumber (SH, 16
     * characters) as long as there are fewer than 100 million orders.
     */
    public String accession() {
        int prefix = hospital().prefix().length();
        int century = 2;
        return hospital().prefix() + number.substring(prefix + century).replace("-", "");
    }

    /** The person's age in whole years when it was done. */
    public int age() {
        return person.ageOn(day());
    }

    LocalDate day() {
        return performedAt.toLocalDate();
    }

    /** A fresh generator; the same numbers at every call. */
    RandomGenerator random() {
        return Lot.generator(seed);
    }
}

package org.countyhub.fhir.hl7v2;

/** Resident IDs with a sound check character (GB 11643). */
final class ResidentIds {
    private ResidentIds() {}

    /**
     * A number of the county.
     *
     * @param sequence of the day, odd for a man
     */
    static String of(String birthDate, int sequence) {
        String digits = "350583" + birthDate + "%03d".formatted(sequence);
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            sum += (digits.charAt(i) - '0') * ((1 << (17 - i)) % 11);
        }
        return digits + "10X98765432".charAt(sum % 11);
    }
}

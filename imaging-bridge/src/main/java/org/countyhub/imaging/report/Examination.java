package org.countyhub.imaging.report;

import java.util.List;

/**
 * What a report is of, as the study says; empty where it does not say.
 *
 * @param patient name, as it is shown
 * @param sex code of PatientSex (0010,0040)
 * @param age of PatientAge (0010,1010), such as 042Y
 * @param birthDate as yyyy-MM-dd
 * @param date as yyyy-MM-dd
 * @param accession number of the order at its hospital
 */
public record Examination(
        String patient,
        String sex,
        String age,
        String birthDate,
        String institution,
        String date,
        List<String> modalities,
        String accession) {
    public Examination {
        modalities = List.copyOf(modalities);
    }
}

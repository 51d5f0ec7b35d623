package org.countyhub.imaging.remote;

import java.util.Set;

/**
 * Modalities that acquire images or waveforms: PS3.16 context group 29, to which ImagingStudy.modality belongs. Reports, key
 * objects, presentation states, segmentations, registrations and plans are not among them.
 */
final class AcquisitionModality {
    private static final Set<String> CODES = Set.of(
            "AR", "BDUS", "BI", "BMD", "CFM", "CR", "CT", "DG", "DMS", "DX", "ECG", "EEG", "EMG", "EOG", "EPS", "ES",
            "GM", "HD", "IO", "IVOCT", "IVUS", "KER", "LEN", "LS", "MG", "MR", "NM", "OAM", "OCT", "OP", "OPM", "OPT",
            "OPTBSV", "OPTENF", "OPV", "OSS", "PA", "POS", "PT", "PX", "RESP", "RF", "RG", "RTIMAGE", "SM", "SRF", "TG",
            "US", "VA", "XA", "XC");

    private AcquisitionModality() {}

    static boolean contains(String modality) {
        return CODES.contains(modality);
    }
}

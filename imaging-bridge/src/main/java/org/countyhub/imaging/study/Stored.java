package org.countyhub.imaging.study;

import org.countyhub.imaging.dicom.TransferSyntax;

/**
 * An instance of a study as it is kept.
 *
 * @param patientCorrected whether its bytes may name another patient, because somebody has named this one
 * @param datasetPosition where in the blob the data set begins
 * @param size of the blob in bytes
 * @param digest SHA-256 of the transfer syntax and the data set as sent
 * @param frames where its frames lie; empty where it has no pixels
 */
@SuppressWarnings("ArrayRecordComponent") // nobody changes the bytes
public record Stored(
        String studyUid,
        String seriesUid,
        String sopInstanceUid,
        String sopClassUid,
        TransferSyntax transferSyntax,
        PatientKey patient,
        boolean patientCorrected,
        String blob,
        int datasetPosition,
        long size,
        byte[] digest,
        byte[] frames) {
    /** The same without where its frames lie, which of many large instances is many megabytes. */
    public Stored withoutFrames() {
        return new Stored(
                studyUid,
                seriesUid,
                sopInstanceUid,
                sopClassUid,
                transferSyntax,
                patient,
                patientCorrected,
                blob,
                datasetPosition,
                size,
                digest,
                new byte[0]);
    }
}

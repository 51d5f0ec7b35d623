package org.countyhub.imaging.study;

import java.time.Instant;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.jspecify.annotations.Nullable;

/**
 * An instance that has come in: its bytes are kept, and nothing is decided about it yet.
 *
 * @param sender who sent it
 * @param received when
 * @param patient whose it says it is; null where it does not say, or not so that it is understood
 * @param patientCorrected whether somebody has named that patient and its bytes name another, or none
 * @param held why it is kept apart whatever else there is; null where nothing in itself is against it
 * @param studyUid empty where it is missing; so are the other two
 * @param header everything but large values, its text readable
 * @param blob where its bytes are: the file form of PS3.10
 * @param datasetPosition where in the blob the data set begins
 * @param size of the blob in bytes
 * @param digest SHA-256 of the transfer syntax and the data set as sent
 * @param metadata the header as the DICOM JSON model, in a form that joins others without being unpacked
 * @param frames where its frames lie; empty where it has no pixels
 */
@SuppressWarnings("ArrayRecordComponent") // nobody changes the bytes
public record Instance(
        Sender sender,
        Instant received,
        @Nullable PatientKey patient,
        boolean patientCorrected,
        StoreOutcome.@Nullable Held held,
        String studyUid,
        String seriesUid,
        String sopInstanceUid,
        String sopClassUid,
        TransferSyntax transferSyntax,
        Dataset header,
        String blob,
        int datasetPosition,
        long size,
        byte[] digest,
        Metadata metadata,
        byte[] frames) {}

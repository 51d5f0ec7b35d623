package org.countyhub.imaging.quarantine;

import java.time.Instant;
import java.util.Optional;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.study.QuarantineReason;

/**
 * An instance that is kept apart.
 *
 * @param source the id of the hospital that it came from
 * @param sender the AE title or client, at {@code address}
 * @param patientSystem empty where its issuer is not known
 * @param patientId as sent; may be empty, as may the UIDs
 * @param resolution what was decided; empty while it is open
 */
@SuppressWarnings("ArrayRecordComponent") // nobody changes the bytes
public record QuarantineEntry(
        long id,
        Instant received,
        String source,
        String sender,
        String address,
        QuarantineReason reason,
        String detail,
        String patientSystem,
        String patientId,
        String studyUid,
        String seriesUid,
        String sopInstanceUid,
        String sopClassUid,
        TransferSyntax transferSyntax,
        String blob,
        int datasetPosition,
        long size,
        byte[] digest,
        Optional<Resolution> resolution) {
    /** What was decided, when and by whom. */
    public record Resolution(Decision decision, Instant at, String by) {}

    /** What can be decided. */
    public enum Decision {
        /** It is part of its study under the patient that was named. */
        ACCEPTED,
        /** Its bytes are gone. */
        DISCARDED
    }
}

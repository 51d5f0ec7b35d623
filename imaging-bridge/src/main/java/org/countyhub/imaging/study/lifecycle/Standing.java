package org.countyhub.imaging.study.lifecycle;

import java.time.Instant;
import org.countyhub.imaging.study.PatientKey;

/**
 * A study and where it stands; one that was deleted is still here, ENTERED_IN_ERROR and without instances.
 *
 * @param source the id of the hospital that it came from
 * @param version raised by instances and by decisions, not by completeness
 */
public record Standing(
        String studyUid,
        PatientKey patient,
        String source,
        Lifecycle lifecycle,
        int version,
        int instances,
        long bytes,
        Instant lastReceived) {}

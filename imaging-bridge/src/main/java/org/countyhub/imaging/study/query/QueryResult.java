package org.countyhub.imaging.study.query;

import java.time.Instant;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.study.PatientKey;

/**
 * A match.
 *
 * @param attributes all that the index keeps of the level and those above, counts and ModalitiesInStudy included
 * @param lastReceived when the newest instance came in
 */
public record QueryResult(PatientKey patient, Dataset attributes, Instant lastReceived) {}

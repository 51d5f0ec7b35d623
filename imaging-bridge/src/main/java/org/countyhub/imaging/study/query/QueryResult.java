package org.countyhub.imaging.study.query;

import java.time.Instant;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.study.PatientKey;

/**
 * A match.
 *
 * @param attributes what the index keeps of the level and those above, as far as it is wanted, counts and ModalitiesInStudy included; what
 *     patient, study and series have is told as of the study and the series, whatever an instance says of them
 * @param lastReceived when the newest instance came in
 */
public record QueryResult(PatientKey patient, Dataset attributes, Instant lastReceived) {}

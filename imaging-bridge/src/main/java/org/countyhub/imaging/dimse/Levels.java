package org.countyhub.imaging.dimse;

import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.study.query.Level;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** Reads QueryRetrieveLevel (PS3.4 section C.6). */
final class Levels {
    private Levels() {}

    /** @param patientRoot whether the information model knows the level of patients */
    static Level of(Dataset identifier, boolean patientRoot) {
        String written = identifier.string(Tag.QueryRetrieveLevel, "");
        return switch (written) {
            case "PATIENT" -> {
                if (!patientRoot) {
                    throw refused("the study root has no level PATIENT");
                }
                yield Level.PATIENT;
            }
            case "STUDY" -> Level.STUDY;
            case "SERIES" -> Level.SERIES;
            case "IMAGE" -> Level.IMAGE;
            default -> throw refused("no QueryRetrieveLevel that the model knows");
        };
    }

    private static RuntimeException refused(String why) {
        return new Problem.Unprocessable(List.of(Fault.at(Tag.text(Tag.QueryRetrieveLevel), "value", why))).exception();
    }
}

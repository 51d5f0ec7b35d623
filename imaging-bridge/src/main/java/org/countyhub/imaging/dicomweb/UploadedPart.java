package org.countyhub.imaging.dicomweb;

import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** What is known of one part of an upload, the more the further it has been read. */
final class UploadedPart {
    private final int number;
    private final @Nullable String expectedStudy;
    private String sopClassUid = "";
    private String sopInstanceUid = "";
    private String study = "";
    private String series = "";

    /** @param expectedStudy the study that the path names; null for any */
    UploadedPart(int number, @Nullable String expectedStudy) {
        this.number = number;
        this.expectedStudy = expectedStudy;
    }

    void says(Part10.FileMeta meta) {
        sopClassUid = meta.sopClassUid();
        sopInstanceUid = meta.sopInstanceUid();
    }

    /** Refuses what belongs to another study than the path says (PS3.18 section 10.5.2). */
    void says(Dataset header) {
        study = header.string(Tag.StudyInstanceUID, "");
        series = header.string(Tag.SeriesInstanceUID, "");
        if (expectedStudy != null && !expectedStudy.equals(study)) {
            throw new Problem.Unprocessable(List.of(Fault.at(
                            Tag.text(Tag.StudyInstanceUID), "business-rule", "is of another study than the address")))
                    .exception();
        }
    }

    int number() {
        return number;
    }

    String sopClassUid() {
        return sopClassUid;
    }

    String sopInstanceUid() {
        return sopInstanceUid;
    }

    String study() {
        return study;
    }

    String series() {
        return series;
    }
}

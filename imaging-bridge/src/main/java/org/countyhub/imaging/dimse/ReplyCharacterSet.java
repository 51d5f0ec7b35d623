package org.countyhub.imaging.dimse;

import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;

/** In which characters an answer is written: those of the question where they can write all of it, else Unicode (PS3.4 section C.4.1.1.3.2). */
record ReplyCharacterSet(List<String> terms) {
    static ReplyCharacterSet of(Dataset identifier) {
        return new ReplyCharacterSet(identifier.strings(Tag.SpecificCharacterSet));
    }

    /** @param answer whose text is UTF-8 */
    Dataset apply(Dataset answer) {
        return answer.toBuilder()
                .set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192")
                .build();
    }
}

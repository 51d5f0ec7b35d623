package org.countyhub.imaging.ecg;

import java.util.List;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;

/** Refusals of waveforms, with the place such as {@code (5400,0100)[0].(003A,001A)}. */
final class Wrong {
    private Wrong() {}

    static ProblemException at(String place, int tag, String why) {
        return Problem.unprocessable(Fault.at(under(place, tag), "value", why));
    }

    static ProblemException tooLarge(String place, int tag, String why) {
        return new Problem.TooCostly(List.of(Fault.at(under(place, tag), "too-costly", why))).exception();
    }

    static String under(String place, int tag) {
        return (place.isEmpty() ? "" : place + ".") + Tag.text(tag);
    }
}

package org.countyhub.imaging.slide;

import org.countyhub.imaging.dicom.Tag;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;

/** What an image of a slide is refused for, with the place. */
final class Wrong {
    private Wrong() {}

    /** An attribute that is missing or says what cannot be. */
    static ProblemException attribute(int tag, String diagnostics) {
        return at(Tag.text(tag), diagnostics);
    }

    /** The same of what the functional groups of a frame say, the first frame being 0. */
    static ProblemException ofFrame(int frame, int sequence, int tag, String diagnostics) {
        return at(
                "%s[%d].%s[0].%s"
                        .formatted(
                                Tag.text(Tag.PerFrameFunctionalGroupsSequence),
                                frame,
                                Tag.text(sequence),
                                Tag.text(tag)),
                diagnostics);
    }

    private static ProblemException at(String place, String diagnostics) {
        return Problem.unprocessable(Fault.at(place, "value", diagnostics));
    }
}

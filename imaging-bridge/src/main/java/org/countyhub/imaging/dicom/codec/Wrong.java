package org.countyhub.imaging.dicom.codec;

import java.util.List;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;

/** What pixels are refused for, with the place. */
final class Wrong {
    private Wrong() {}

    /** An attribute that is missing or says what cannot be. */
    static ProblemException attribute(int tag, String diagnostics) {
        return Problem.unprocessable(Fault.at(Tag.text(tag), "value", diagnostics));
    }

    /** Pixel data that is not what its data set says. */
    static ProblemException pixels(String diagnostics) {
        return attribute(Tag.PixelData, diagnostics);
    }

    /** Pixel data that the hub keeps and gives out, but makes no picture of. */
    static ProblemException notDecoded(String diagnostics) {
        return new Problem.NotAcceptable(List.of(Fault.at(Tag.text(Tag.PixelData), "not-supported", diagnostics)))
                .exception();
    }

    static ProblemException tooCostly(String diagnostics) {
        return new Problem.TooCostly(List.of(Fault.at(Tag.text(Tag.PixelData), "too-costly", diagnostics))).exception();
    }
}

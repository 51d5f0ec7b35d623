package org.countyhub.imaging.dicom.codec;

import java.util.Arrays;
import java.util.List;
import org.countyhub.imaging.dicom.CharacterSet;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;

/** Descriptions of pixels made for a test. */
public final class Pixels {
    private Pixels() {}

    public static Dataset.Builder builder(
            String photometric, int columns, int rows, int allocated, int stored, boolean signed) {
        int samples = Photometric.of(photometric).orElseThrow().samples();
        return Dataset.builder(CharacterSet.DEFAULT)
                .set(Tag.PhotometricInterpretation, Vr.CS, photometric)
                .set(Tag.SamplesPerPixel, samples)
                .set(Tag.Rows, rows)
                .set(Tag.Columns, columns)
                .set(Tag.BitsAllocated, allocated)
                .set(Tag.BitsStored, stored)
                .set(Tag.HighBit, stored - 1)
                .set(Tag.PixelRepresentation, signed ? 1 : 0)
                .set(bulk(0));
    }

    static Element bulk(long length) {
        return new Element.Bulk(Tag.PixelData, Vr.OW, 0, length);
    }

    static Element fragments(Element.Fragment... fragments) {
        return new Element.Fragments(Tag.PixelData, Vr.OB, List.of(fragments));
    }

    /** The samples of a frame as numbers. */
    static double[] values(Frame frame) {
        double[] values = new double[frame.cells().length()];
        Arrays.setAll(values, frame::value);
        return values;
    }
}

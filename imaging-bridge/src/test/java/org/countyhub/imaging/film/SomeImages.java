package org.countyhub.imaging.film;

import java.util.Arrays;
import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;

/** Small images of one patient, grey by their numbers, and the documents that choose among them. */
public final class SomeImages {
    public static final String CT = "1.2.840.10008.5.1.4.1.1.2";
    public static final String CAPTURE = "1.2.840.10008.5.1.4.1.1.7";
    private static final int SIDE = 64;

    private SomeImages() {}

    /** A CT slice of its number. */
    public static Dataset.Builder slice(String study, int series, int number, String... imageType) {
        return image(CT, study, series, number, 1, imageType);
    }

    /** An image of several frames. */
    public static Dataset.Builder image(
            String sopClass, String study, int series, int number, int frames, String... imageType) {
        byte[] pixels = new byte[SIDE * SIDE * frames];
        Arrays.fill(pixels, (byte) (40 + 7 * series + number));
        for (int frame = 0; frame < frames; frame++) {
            // So that frames differ.
            Arrays.fill(pixels, frame * SIDE * SIDE, frame * SIDE * SIDE + SIDE * (frame + 1), (byte) 255);
        }
        Dataset.Builder image = of(sopClass, study, series, number, "CT")
                .set(Tag.SamplesPerPixel, 1)
                .set(Tag.PhotometricInterpretation, Vr.CS, "MONOCHROME2")
                .set(Tag.Rows, SIDE)
                .set(Tag.Columns, SIDE)
                .set(Tag.BitsAllocated, 8)
                .set(Tag.BitsStored, 8)
                .set(Tag.HighBit, 7)
                .set(Tag.PixelRepresentation, 0)
                .set(Tag.ImageType, Vr.CS, imageType)
                .set(new Element.Bytes(Tag.PixelData, Vr.OB, pixels));
        return frames == 1 ? image : image.set(Tag.NumberOfFrames, Vr.IS, Integer.toString(frames));
    }

    private static Dataset.Builder of(String sopClass, String study, int series, int number, String modality) {
        return Dataset.builder()
                .set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192")
                .set(Tag.SOPClassUID, Vr.UI, sopClass)
                .set(Tag.SOPInstanceUID, Vr.UI, instance(study, series, number))
                .set(Tag.StudyInstanceUID, Vr.UI, study)
                .set(Tag.StudyDate, Vr.DA, "20260301")
                .set(Tag.StudyTime, Vr.TM, "101500")
                .set(Tag.StudyID, Vr.SH, "1")
                .set(Tag.SeriesInstanceUID, Vr.UI, series(study, series))
                .set(Tag.SeriesNumber, Vr.IS, Integer.toString(series))
                .set(Tag.InstanceNumber, Vr.IS, Integer.toString(number))
                .set(Tag.PatientID, Vr.LO, "P1")
                .set(Tag.PatientName, Vr.PN, "Zhang^San=张^三")
                .set(Tag.Modality, Vr.CS, modality);
    }

    public static String series(String study, int series) {
        return study + "." + series;
    }

    public static String instance(String study, int series, int number) {
        return study + "." + series + "." + number;
    }

    /** One line of a Key Object Selection Document; frame 0 where none is named. */
    public record Chosen(int series, int number, int frame) {}

    /** A Key Object Selection Document of series 90. */
    public static Dataset.Builder selection(String study, int number, String title, String time, Chosen... chosen) {
        return of(KeyObjects.SOP_CLASS, study, 90, number, "KO")
                .set(Tag.ContentDate, Vr.DA, "20260302")
                .set(Tag.ContentTime, Vr.TM, time)
                .set(Tag.ValueType, Vr.CS, "CONTAINER")
                .set(
                        Tag.ConceptNameCodeSequence,
                        List.of(Dataset.builder()
                                .set(Tag.CodeValue, Vr.SH, title)
                                .set(Tag.CodingSchemeDesignator, Vr.SH, "DCM")
                                .set(Tag.CodeMeaning, Vr.LO, "title")
                                .build()))
                .set(
                        Tag.ContentSequence,
                        Arrays.stream(chosen).map(one -> content(study, one)).toList());
    }

    private static Dataset content(String study, Chosen chosen) {
        Dataset.Builder reference = Dataset.builder()
                .set(Tag.ReferencedSOPClassUID, Vr.UI, CT)
                .set(Tag.ReferencedSOPInstanceUID, Vr.UI, instance(study, chosen.series(), chosen.number()));
        if (chosen.frame() > 0) {
            reference.set(Tag.ReferencedFrameNumber, Vr.IS, Integer.toString(chosen.frame()));
        }
        return Dataset.builder()
                .set(Tag.RelationshipType, Vr.CS, "CONTAINS")
                .set(Tag.ValueType, Vr.CS, "IMAGE")
                .set(Tag.ReferencedSOPSequence, List.of(reference.build()))
                .build();
    }
}

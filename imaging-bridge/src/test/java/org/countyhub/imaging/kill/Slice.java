package org.countyhub.imaging.kill;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetWriter;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Vr;

/** An image that is made up, with noise for pixels, so that no two are alike; the same each time that it is asked for. */
record Slice(String study, String series, String uid, int sender, int number) {
    static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.2";
    static final TransferSyntax SYNTAX = TransferSyntax.EXPLICIT_LITTLE_ENDIAN;
    private static final String ROOT = "1.2.826.0.1.3680043.10.511";
    private static final int SLICES_OF_A_STUDY = 40;

    /** Slice by its number among those of a sender; each sender fills a series of its own in studies that all share. */
    static Slice of(int sender, int number) {
        String study = ROOT + "." + (1 + number / SLICES_OF_A_STUDY);
        String series = study + "." + (1 + sender);
        return new Slice(study, series, series + "." + (1 + number), sender, number);
    }

    /** In {@link #SYNTAX}. */
    byte[] dataset() {
        Random random = new Random(31L * sender + 1_000_003L * number);
        int size = 16 + random.nextInt(150);
        byte[] pixels = new byte[size * size * 2];
        random.nextBytes(pixels);
        Dataset dataset = Dataset.builder()
                .set(Tag.SOPClassUID, Vr.UI, SOP_CLASS)
                .set(Tag.SOPInstanceUID, Vr.UI, uid)
                .set(Tag.Modality, Vr.CS, "CT")
                .set(Tag.PatientName, Vr.PN, "Zhang^San")
                .set(Tag.PatientID, Vr.LO, "P1")
                .set(Tag.StudyInstanceUID, Vr.UI, study)
                .set(Tag.SeriesInstanceUID, Vr.UI, series)
                .set(Tag.InstanceNumber, Vr.IS, Integer.toString(1 + number))
                .set(Tag.Rows, size)
                .set(Tag.Columns, size)
                .set(new Element.Bytes(Tag.PixelData, Vr.OW, pixels))
                .build();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            DatasetWriter.write(dataset, out, SYNTAX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** As a file of PS3.10. */
    byte[] file() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Part10.header(new Part10.FileMeta(SYNTAX, SOP_CLASS, uid), "KILL"));
        out.writeBytes(dataset());
        return out.toByteArray();
    }

    /** Where DICOMweb has it. */
    String path() {
        return "/studies/" + study + "/series/" + series + "/instances/" + uid;
    }
}

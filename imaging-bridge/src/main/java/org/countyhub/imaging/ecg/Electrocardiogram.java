package org.countyhub.imaging.ecg;

import java.io.IOException;
import java.util.Set;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.pdf.PdfFile;

/** An electrocardiogram (PS3.3 sections A.34.3 to A.34.5) as it is drawn. */
public final class Electrocardiogram {
    /** 12-lead, general, ambulatory and general 32-bit ECG. */
    private static final Set<String> CLASSES = Set.of(
            "1.2.840.10008.5.1.4.1.1.9.1.1",
            "1.2.840.10008.5.1.4.1.1.9.1.2",
            "1.2.840.10008.5.1.4.1.1.9.1.3",
            "1.2.840.10008.5.1.4.1.1.9.1.4");

    private final Recording recording;
    private final Presentation wanted;
    private final Sheet sheet;

    private Electrocardiogram(Recording recording, Presentation wanted, Sheet sheet) {
        this.recording = recording;
        this.wanted = wanted;
        this.sheet = sheet;
    }

    public static boolean isOf(String sopClassUid) {
        return CLASSES.contains(sopClassUid);
    }

    /**
     * Reads what is to be drawn, as {@link Recording#read} does.
     *
     * @param header of the instance; only the samples that are drawn are read besides
     * @param patientId the number under which the instance is kept
     */
    public static Electrocardiogram read(Dataset header, String patientId, Presentation wanted, BulkValues values)
            throws IOException {
        Dataset readable = header.readable(null);
        Recording recording = Recording.read(readable, wanted.group(), wanted.offset(), wanted.seconds(), values);
        Heading heading = Heading.of(readable, patientId, wanted.language());
        return new Electrocardiogram(recording, wanted, new Sheet(recording, heading, wanted));
    }

    /** SVG, to be sent in UTF-8. */
    public String svg() {
        SvgCanvas canvas = new SvgCanvas(sheet, recording, wanted);
        sheet.draw(canvas);
        return canvas.finished();
    }

    /** A PDF of one page, on which a millimetre is one; the same bytes each time. */
    public byte[] pdf() {
        return PdfFile.of(
                new PdfFile.About(sheet.title(), wanted.language().tag(), null, true),
                file -> sheet.draw(new PdfCanvas(file.page(Sheet.PAGE_WIDTH, sheet.height()))));
    }
}

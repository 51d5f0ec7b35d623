package org.countyhub.bench.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A composite instance to be sent or kept.
 *
 * @param header its data set without pixel data, encoded
 * @param pixels none for an instance that is no image
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Instance(
        String studyUid,
        String seriesUid,
        String sopInstanceUid,
        String sopClassUid,
        String transferSyntax,
        byte[] header,
        Optional<PixelData> pixels) {
    private static final int PREAMBLE = 128;

    /** An instance with its own UIDs set in the attributes. */
    public static Instance of(
            Attributes attributes,
            CharacterSet characters,
            Uids uids,
            String transferSyntax,
            Optional<PixelData> pixels) {
        attributes
                .text(Tag.SOPClassUID, "UI", uids.sopClass)
                .text(Tag.SOPInstanceUID, "UI", uids.instance)
                .text(Tag.StudyInstanceUID, "UI", uids.study)
                .text(Tag.SeriesInstanceUID, "UI", uids.series);
        return new Instance(
                uids.study,
                uids.series,
                uids.instance,
                uids.sopClass,
                transferSyntax,
                attributes.encoded(characters),
                pixels);
    }

    /** What tells an instance from all others. */
    public record Uids(String study, String series, String instance, String sopClass) {}

    /** The data set as it goes over an association. */
    public void writeDataset(OutputStream out) throws IOException {
        out.write(header);
        if (pixels.isPresent()) {
            pixels.get().writeTo(out);
        }
    }

    /** A file (PS3.10 section 7.1). */
    public void writeFile(OutputStream out) throws IOException {
        out.write(preamble());
        writeDataset(out);
    }

    /** A file that fits into memory. */
    public byte[] file() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 * 1024);
        try {
            writeFile(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Where in a file a frame lies; all frames of an instance are asked for in turn, so the caller adds their lengths. */
    public long firstFramePosition() {
        return (long) preamble().length + header.length + pixels.orElseThrow().leadLength();
    }

    private byte[] preamble() {
        byte[] meta = new Attributes()
                .bytes(0x0002_0001, "OB", new byte[] {0, 1})
                .text(0x0002_0002, "UI", sopClassUid)
                .text(0x0002_0003, "UI", sopInstanceUid)
                .text(0x0002_0010, "UI", transferSyntax)
                .text(0x0002_0012, "UI", Uid.IMPLEMENTATION_CLASS)
                .text(0x0002_0013, "SH", Uid.IMPLEMENTATION_VERSION)
                .plain();
        byte[] length = new Attributes().number(0x0002_0000, "UL", meta.length).plain();
        byte[] all = new byte[PREAMBLE + 4 + length.length + meta.length];
        System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, all, PREAMBLE, 4);
        System.arraycopy(length, 0, all, PREAMBLE + 4, length.length);
        System.arraycopy(meta, 0, all, PREAMBLE + 4 + length.length, meta.length);
        return all;
    }
}

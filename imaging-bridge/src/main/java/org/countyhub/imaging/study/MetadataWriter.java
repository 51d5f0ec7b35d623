package org.countyhub.imaging.study;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DicomJson;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;

/** Makes the {@link Metadata} of an instance, once, when it comes in. */
final class MetadataWriter {
    private static final int LEVEL = 6;

    private MetadataWriter() {}

    static Metadata write(Dataset header) {
        String instance = "/dicomweb/studies/" + header.string(Tag.StudyInstanceUID, "") + "/series/"
                + header.string(Tag.SeriesInstanceUID, "") + "/instances/" + header.string(Tag.SOPInstanceUID, "")
                + "/bulkdata";
        ByteArrayOutputStream json = new ByteArrayOutputStream(8 * 1024);
        try {
            DicomJson.write(header, json, (element, path) -> instance + place(element, path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return deflated(json.toByteArray());
    }

    /** Sequences by tag and number of item, then the tag. */
    private static String place(Element element, java.util.List<Integer> path) {
        StringBuilder place = new StringBuilder();
        for (int i = 0; i < path.size(); i += 2) {
            place.append('/').append(Tag.hex(path.get(i))).append('/').append(path.get(i + 1));
        }
        return place.append('/').append(Tag.hex(element.tag())).toString();
    }

    /** Raw deflate that ends at a byte boundary and goes on (RFC 1951: an empty stored block, not the final one). */
    static Metadata deflated(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        Deflater deflater = new Deflater(LEVEL, true);
        try {
            deflater.setInput(bytes);
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 3 + 64);
            byte[] buffer = new byte[8 * 1024];
            int length;
            do {
                length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
                out.write(buffer, 0, length);
            } while (length == buffer.length);
            return new Metadata(out.toByteArray(), (int) crc.getValue(), bytes.length);
        } finally {
            deflater.end();
        }
    }
}

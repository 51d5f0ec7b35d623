package org.countyhub.imaging.study;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DicomJson;

/**
 * The DICOM JSON object of one instance, deflated so that many can be joined to one gzip stream.
 *
 * @param deflated raw deflate blocks (RFC 1951) that end at a byte boundary and are not the last of their stream
 * @param crc32 of what they inflate to
 * @param length of what they inflate to, in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // nobody changes the bytes
public record Metadata(byte[] deflated, int crc32, int length) {
    /**
     * The attributes, without values that only have an address.
     *
     * @throws org.countyhub.kernel.ProblemException TooLarge where there are more than {@link DicomJson.Limits#DEFAULT} takes
     */
    public Dataset dataset() throws IOException {
        return DicomJson.readKept(new ByteArrayInputStream(json()), DicomJson.Limits.DEFAULT);
    }

    private byte[] json() throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(deflated);
            byte[] json = new byte[length];
            for (int at = 0; at < length; ) {
                int read = inflater.inflate(json, at, length - at);
                if (read == 0) {
                    throw new IOException("metadata of the index end early");
                }
                at += read;
            }
            return json;
        } catch (DataFormatException e) {
            throw new IOException("metadata of the index cannot be read", e);
        } finally {
            inflater.end();
        }
    }
}

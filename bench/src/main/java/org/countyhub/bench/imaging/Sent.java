package org.countyhub.bench.imaging;

import java.nio.file.Path;
import org.countyhub.bench.dicom.Instance;
import org.countyhub.bench.dicom.PixelData;

/**
 * An instance that lies in a file to be sent, and what must come back of it.
 *
 * @param pixelDigest SHA-256 of its frames
 * @param framePositions where in the file each frame begins
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Sent(
        String studyUid,
        String seriesUid,
        String sopInstanceUid,
        Path file,
        long bytes,
        byte[] pixelDigest,
        long[] framePositions,
        int[] frameLengths) {

    static Sent of(Instance instance, Path file, long bytes) {
        PixelData pixels = instance.pixels().orElseThrow();
        long[] positions = new long[pixels.frames()];
        int[] lengths = new int[pixels.frames()];
        long position = instance.firstFramePosition();
        for (int i = 0; i < positions.length; i++) {
            positions[i] = position;
            lengths[i] = pixels.frame(i).length;
            position += lengths[i] + pixels.gapLength();
        }
        return new Sent(
                instance.studyUid(),
                instance.seriesUid(),
                instance.sopInstanceUid(),
                file,
                bytes,
                pixels.digest(),
                positions,
                lengths);
    }

    /** Its address below the base of a DICOMweb server. */
    String path() {
        return "studies/" + studyUid + "/series/" + seriesUid + "/instances/" + sopInstanceUid;
    }
}

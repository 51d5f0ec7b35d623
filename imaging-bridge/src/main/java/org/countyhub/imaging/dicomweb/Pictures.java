package org.countyhub.imaging.dicomweb;

import java.io.IOException;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.render.Encoders;
import org.countyhub.imaging.render.Picture;
import org.countyhub.imaging.render.Rendering;
import org.countyhub.imaging.render.View;
import org.countyhub.imaging.study.BlobStore;

/** Makes pictures of frames, in the formats that browsers show. */
final class Pictures {
    static final String JPEG = "image/jpeg";
    static final String PNG = "image/png";

    private final BlobStore blobs;
    private final Frames frames;

    Pictures(BlobStore blobs, Frames frames) {
        this.blobs = blobs;
        this.frames = frames;
    }

    /**
     * A picture.
     *
     * @param frame which one, the first being 0
     * @param quality of a JPEG, 1 to 100
     */
    byte[] of(Located instance, int frame, View view, String mediaType, int quality) throws IOException {
        Dataset header = LargeValues.tables(blobs, instance.stored());
        Picture picture = Rendering.render(frames.decoded(instance, frame), header, frame, view);
        return mediaType.equals(PNG) ? Encoders.png(picture) : Encoders.jpeg(picture, quality);
    }
}

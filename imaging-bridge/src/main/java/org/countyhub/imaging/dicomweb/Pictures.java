package org.countyhub.imaging.dicomweb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.time.Duration;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.render.Encoders;
import org.countyhub.imaging.render.Picture;
import org.countyhub.imaging.render.Rendering;
import org.countyhub.imaging.render.View;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.Stored;

/** Makes pictures of frames, in the formats that browsers show. */
final class Pictures {
    static final String JPEG = "image/jpeg";
    static final String PNG = "image/png";

    /** Headers that pictures were made with, as objects: those of slides and other images of many frames, of which frame after frame is asked for. */
    private static final long MAX_REMEMBERED = 64L * 1024 * 1024;

    private static final int BYTES_OF_AN_ELEMENT = 160;
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final BlobStore blobs;
    private final Frames frames;
    private final Cache<String, Dataset> headers = Caffeine.newBuilder()
            .maximumWeight(MAX_REMEMBERED)
            .weigher((String ignored, Dataset header) -> weight(header))
            .expireAfterAccess(REMEMBERED)
            .build();

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
        Dataset header = header(instance.stored());
        Picture picture = Rendering.render(frames.decoded(instance, frame), header, frame, view);
        return mediaType.equals(PNG) ? Encoders.png(picture) : Encoders.jpeg(picture, quality);
    }

    private Dataset header(Stored stored) throws IOException {
        Dataset known = headers.getIfPresent(stored.blob());
        if (known != null) {
            return known;
        }
        Dataset header = LargeValues.tables(blobs, stored);
        if (header.integer(Tag.NumberOfFrames, 1) > 1) {
            headers.put(stored.blob(), header);
        }
        return header;
    }

    /** About what a data set takes in memory. */
    private static int weight(Dataset dataset) {
        long weight = 0;
        for (Element element : dataset.elements()) {
            weight += BYTES_OF_AN_ELEMENT;
            switch (element) {
                case Element.Bytes bytes -> weight += bytes.value().length;
                case Element.Items items -> {
                    for (Dataset item : items.items()) {
                        weight += BYTES_OF_AN_ELEMENT + weight(item);
                    }
                }
                case Element.Bulk ignored -> {}
                case Element.Fragments ignored -> {}
            }
        }
        return (int) Math.min(weight, Integer.MAX_VALUE);
    }
}

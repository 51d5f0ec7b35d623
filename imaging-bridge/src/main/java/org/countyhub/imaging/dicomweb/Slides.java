package org.countyhub.imaging.dicomweb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.countyhub.imaging.slide.Pyramid;
import org.countyhub.imaging.slide.SlideImage;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.outgoing.StoredValues;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;

/**
 * Slides as they are told to viewers. Headers of slides can be long, so each is read once; what is made of them is kept under the digests of all
 * instances of the series, and is found no more when one of them changes.
 */
final class Slides {
    /** Images of one series: some resolutions, focal planes and optical paths, in parts. */
    private static final int MAX_IMAGES = 1_000;

    private static final long MAX_WEIGHT = 64L * 1024 * 1024;
    private static final int WEIGHT = 512;

    private final Instances instances;
    private final BlobStore blobs;
    private final Cache<String, byte[]> known = Caffeine.newBuilder()
            .maximumWeight(MAX_WEIGHT)
            .weigher((String key, byte[] json) -> WEIGHT + key.length() + json.length)
            .build();

    Slides(Instances instances, BlobStore blobs) {
        this.instances = instances;
        this.blobs = blobs;
    }

    /** The images of a slide and what tells them from all others. */
    record Images(List<Stored> stored, String mark) {}

    /** Problem.NotFound where the series has no image of a slide. */
    Images images(String study, String series) {
        List<Stored> images = instances.all(study, Optional.of(series)).stream()
                .filter(stored -> stored.sopClassUid().equals(SlideImage.SOP_CLASS))
                .toList();
        if (images.isEmpty()) {
            throw Problem.notFound("this series has no whole slide images");
        }
        if (images.size() > MAX_IMAGES) {
            throw new Problem.TooCostly(List.of(
                            Fault.of("too-costly", "more than " + MAX_IMAGES + " images in one series of a slide")))
                    .exception();
        }
        StringBuilder mark = new StringBuilder();
        for (Stored image : images) {
            mark.append(Located.of(image).mark());
        }
        return new Images(images, mark.toString());
    }

    /** The slide as JSON; Problem.Unprocessable where its images contradict themselves. */
    byte[] json(Images images) throws IOException {
        try {
            return known.get(images.mark(), ignored -> {
                try {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    SlideJson.write(pyramid(images.stored()), out);
                    return out.toByteArray();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Pyramid pyramid(List<Stored> stored) throws IOException {
        List<SlideImage> images = new ArrayList<>();
        List<Pyramid.LeftOut> leftOut = new ArrayList<>();
        for (Stored one : stored) {
            try {
                Located located =
                        instances.one(new Instances.Path(one.studyUid(), one.seriesUid(), one.sopInstanceUid()));
                int frames = located.index() == null ? 0 : located.frames().frames();
                images.add(
                        SlideImage.of(new StoredValues(blobs, one).headerBeforePixels(), one.transferSyntax(), frames));
            } catch (ProblemException e) {
                e.problem().faults().forEach(fault -> leftOut.add(new Pyramid.LeftOut(one.sopInstanceUid(), fault)));
            }
        }
        return Pyramid.of(images, leftOut);
    }
}

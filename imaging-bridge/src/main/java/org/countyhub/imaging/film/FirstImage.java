package org.countyhub.imaging.film;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.codec.FrameIndex;
import org.countyhub.imaging.ecg.Electrocardiogram;
import org.countyhub.imaging.study.Metadata;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.Study;
import org.countyhub.imaging.study.StudyStore;
import org.countyhub.kernel.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the image that a study is opened with: the key image that somebody has chosen, else the one in the middle of the longest series of
 * images as they were acquired, else the first electrocardiogram. Images that somebody has rejected are never chosen. Of a long series, the metadata of one instance are read.
 */
public final class FirstImage {
    private static final Logger LOG = LoggerFactory.getLogger(FirstImage.class);
    private static final String SLIDE = "1.2.840.10008.5.1.4.1.1.77.1.6";
    private static final int RepresentativeFrameNumber = 0x00286010;

    private static final int MOST_CHOICES = 6;
    /** As many series are looked into; what a study of more series has first is as good. */
    private static final int MOST_SERIES = 40;

    private static final int MOST_LEVELS = 8;

    private final StudyStore studies;

    public FirstImage(StudyStore studies) {
        this.studies = studies;
    }

    /**
     * An image that a study may be opened with, or an electrocardiogram.
     *
     * @param frame from 1; 0 for an electrocardiogram, which has none and is drawn as a whole
     */
    public record Choice(Stored image, int frame) {}

    /** Images of the link's own study and of the series that it shows, the best first, since not every one can be drawn; none where there is none. */
    public List<Choice> of(FilmScope scope) {
        Optional<Study> found = studies.study(scope.studyUid());
        if (found.isEmpty()) {
            return List.of();
        }
        Study study = found.get();
        KeyObjects keys = keyObjects(study);
        List<Choice> choices = new ArrayList<>(chosen(scope, keys));
        if (choices.size() < MOST_CHOICES) {
            choices.addAll(unmarked(study, scope, keys));
        }
        if (choices.isEmpty()) {
            electrocardiogram(study, scope, keys).ifPresent(choices::add);
        }
        return choices.stream().limit(MOST_CHOICES).toList();
    }

    /** Those of the whole study: what is rejected is, whether the link shows the document that says so or not. */
    private KeyObjects keyObjects(Study study) {
        KeyObjects keys = new KeyObjects();
        for (Study.Series series : study.series()) {
            if (series.sopClasses().stream().anyMatch(some -> some.sopClassUid().equals(KeyObjects.SOP_CLASS))) {
                List<String> documents = new ArrayList<>();
                studies.instances(study.studyUid(), Optional.of(series.seriesUid()), stored -> {
                    if (stored.sopClassUid().equals(KeyObjects.SOP_CLASS)) {
                        documents.add(stored.sopInstanceUid());
                    }
                });
                documents.forEach(uid -> header(study.studyUid(), series.seriesUid(), uid, keys::add));
            }
        }
        return keys;
    }

    private List<Choice> chosen(FilmScope scope, KeyObjects keys) {
        List<KeyObjects.Reference> references = keys.chosen();
        Map<String, Stored> images = new HashMap<>();
        if (!references.isEmpty()) {
            studies
                    .bySopInstanceUid(references.stream()
                            .map(KeyObjects.Reference::sopInstanceUid)
                            .distinct()
                            .toList())
                    .stream()
                    .filter(stored -> stored.studyUid().equals(scope.studyUid())
                            && scope.hasSeries(stored.seriesUid())
                            && stored.frames().length > 0)
                    .forEach(stored -> images.put(stored.sopInstanceUid(), stored));
        }
        List<Choice> choices = new ArrayList<>();
        for (KeyObjects.Reference reference : references) {
            Stored image = images.get(reference.sopInstanceUid());
            if (image != null && choices.size() < MOST_CHOICES) {
                boolean named = reference.frame() >= 1 && reference.frame() <= frames(image);
                choices.add(
                        named
                                ? new Choice(image, reference.frame())
                                : describe(image).choice());
            }
        }
        return choices;
    }

    private static int frames(Stored image) {
        return FrameIndex.of(image.frames()).frames();
    }

    private record Described(Choice choice, ImageKind kind, List<String> type) {}

    /** One of each series, series of original images first and then by length. */
    private List<Choice> unmarked(Study study, FilmScope scope, KeyObjects keys) {
        List<Study.Series> bySize = study.series().stream()
                .filter(series -> scope.hasSeries(series.seriesUid()))
                .sorted(Comparator.comparingInt(Study.Series::instances).reversed())
                .limit(MOST_SERIES)
                .toList();
        List<Described> candidates = new ArrayList<>();
        for (Study.Series series : bySize) {
            Optional<Described> candidate = ofSeries(study, series, keys);
            candidate.ifPresent(candidates::add);
            if (candidate.isPresent() && candidate.get().kind() == ImageKind.ORIGINAL) {
                break;
            }
        }
        return candidates.stream()
                .sorted(Comparator.comparing(Described::kind))
                .map(Described::choice)
                .toList();
    }

    private Optional<Choice> electrocardiogram(Study study, FilmScope scope, KeyObjects keys) {
        List<Stored> found = new ArrayList<>();
        for (Study.Series series : study.series()) {
            boolean drawn = series.sopClasses().stream().anyMatch(some -> Electrocardiogram.isOf(some.sopClassUid()));
            if (drawn && scope.hasSeries(series.seriesUid()) && found.isEmpty()) {
                studies.instances(study.studyUid(), Optional.of(series.seriesUid()), stored -> {
                    if (found.isEmpty()
                            && Electrocardiogram.isOf(stored.sopClassUid())
                            && !keys.isRejected(stored.sopInstanceUid())) {
                        found.add(stored);
                    }
                });
            }
        }
        return found.stream().map(one -> new Choice(one, 0)).findFirst();
    }

    private Optional<Described> ofSeries(Study study, Study.Series series, KeyObjects keys) {
        List<Stored> images = new ArrayList<>();
        studies.instances(study.studyUid(), Optional.of(series.seriesUid()), stored -> {
            if (stored.frames().length > 0 && !keys.isRejected(stored.sopInstanceUid())) {
                images.add(stored);
            }
        });
        if (images.isEmpty()) {
            return Optional.empty();
        }
        Stored middle = images.get(images.size() / 2);
        return Optional.of(middle.sopClassUid().equals(SLIDE) ? ofSlide(images) : describe(middle));
    }

    /** The whole specimen on the fewest tiles, and neither the sticker, which names the patient, nor the glass (PS3.3 section C.8.12.4.1.1). */
    private Described ofSlide(List<Stored> images) {
        return images.stream()
                .sorted(Comparator.comparingInt(FirstImage::frames))
                .limit(MOST_LEVELS)
                .map(this::describe)
                .filter(level -> level.type().contains("VOLUME") || level.type().contains("THUMBNAIL"))
                .findFirst()
                .orElseGet(() -> describe(images.get(images.size() / 2)));
    }

    /** What an image is; of several frames the one that stands for them, or the one in the middle, where a cine shows most. */
    private Described describe(Stored image) {
        int middle = frames(image) / 2 + 1;
        Described[] described = {new Described(new Choice(image, middle), ImageKind.OVERLAID, List.of())};
        header(image.studyUid(), image.seriesUid(), image.sopInstanceUid(), header -> {
            long representative = header.integer(RepresentativeFrameNumber, 0);
            boolean given = representative >= 1 && representative <= frames(image);
            described[0] = new Described(
                    new Choice(image, given ? (int) representative : middle),
                    ImageKind.of(header),
                    header.strings(Tag.ImageType));
        });
        return described[0];
    }

    /** Reads one from the index; one that is longer than is taken is left out and told of in the log. */
    private void header(String studyUid, String seriesUid, String sopInstanceUid, Consumer<Dataset> to) {
        List<Metadata> found = new ArrayList<>();
        studies.metadata(studyUid, Optional.of(seriesUid), Optional.of(sopInstanceUid), found::add);
        for (Metadata metadata : found) {
            try {
                to.accept(metadata.dataset());
            } catch (ProblemException e) {
                LOG.warn("what an instance says of itself is not looked at: {}", e.getMessage());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

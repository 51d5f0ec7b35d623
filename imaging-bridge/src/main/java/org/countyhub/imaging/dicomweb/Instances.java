package org.countyhub.imaging.dicomweb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.countyhub.imaging.dicom.Uid;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.StudyStore;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/**
 * Finds instances by what a path names. Where they lie is remembered for a short while, since a viewer asks for frame after frame; for as
 * long a study that is declared entered in error may still be given.
 */
final class Instances {
    private static final long MAX_WEIGHT = 64L * 1024 * 1024;
    private static final int WEIGHT = 1_024;
    /** What a byte of a list of frames costs as objects. */
    private static final int WEIGHT_OF_FRAMES = 16;

    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    private final StudyStore store;
    private final Cache<Path, Located> located = Caffeine.newBuilder()
            .maximumWeight(MAX_WEIGHT)
            .weigher((Path ignored, Located found) ->
                    WEIGHT + WEIGHT_OF_FRAMES * found.stored().frames().length)
            .expireAfterWrite(REMEMBERED)
            .build();

    Instances(StudyStore store) {
        this.store = store;
    }

    /** What a path names. */
    record Path(String study, String series, String instance) {
        Path {
            checked("study", study);
            checked("series", series);
            checked("instance", instance);
        }
    }

    /** The instance; Problem.NotFound where there is none. */
    Located one(Path path) {
        Located known = located.getIfPresent(path);
        if (known != null) {
            return known;
        }
        Located found = store.instance(path.study(), path.series(), path.instance())
                .map(Located::of)
                .orElseThrow(() -> Problem.notFound("no such instance in this series of this study"));
        located.put(path, found);
        return found;
    }

    /** All of a study or a series; Problem.NotFound where there is none. In memory, so that no reader holds a connection to the database. */
    List<Stored> all(String study, Optional<String> series) {
        List<Stored> all = new ArrayList<>();
        each(study, series, all::add);
        if (all.isEmpty()) {
            throw Problem.notFound(series.isPresent() ? "no such series in this study" : "no such study");
        }
        return all;
    }

    private void each(String study, Optional<String> series, Consumer<Stored> each) {
        store.instances(
                checked("study", study),
                series.map(uid -> checked("series", uid)),
                stored -> each.accept(stored.withoutFrames()));
    }

    /** A UID as a path may name it (PS3.5 section 9.1). */
    static String checked(String what, String uid) {
        if (!Uid.isValid(uid)) {
            throw Problem.malformed(Fault.at(what, "value", "the path names a " + what + " by what is no UID"));
        }
        return uid;
    }
}

package org.countyhub.imaging.film;

import java.util.Set;

/**
 * What a link shows.
 *
 * @param seriesUids of the study; none for all of them
 * @param priors whether earlier studies of the person are shown too
 * @param originals whether DICOM files may be taken, not only looked at
 */
public record FilmScope(String studyUid, Set<String> seriesUids, boolean priors, boolean originals) {
    public FilmScope {
        seriesUids = Set.copyOf(seriesUids);
    }

    /** Whether a series of the link's own study is shown. */
    public boolean hasSeries(String seriesUid) {
        return seriesUids.isEmpty() || seriesUids.contains(seriesUid);
    }
}

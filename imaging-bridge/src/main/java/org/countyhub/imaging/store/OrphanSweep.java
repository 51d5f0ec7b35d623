package org.countyhub.imaging.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.lifecycle.Tier;
import org.countyhub.kernel.Db;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes bytes that nothing refers to: what a process that died had written and not put on record. Only what was written long before
 * this process started, so never what is on its way in.
 */
public final class OrphanSweep {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanSweep.class);
    /** Between the last byte of a blob and its commit lie seconds; clocks of stores may differ by more. */
    private static final Duration YOUNGEST = Duration.ofHours(1);
    /** A blob belongs to the hour in which its first byte came, and was passed over when it was still growing. */
    private static final Duration LONGEST_ARRIVAL = Duration.ofDays(1);

    private final PgBlobReferences references;
    private final BlobStore blobs;
    private final Map<Tier, BlobListing> listings;
    private final Path markers;
    private final Duration pause;

    /** How many were looked at and how many removed. */
    public record Swept(long seen, long removed) {
        Swept plus(Swept other) {
            return new Swept(seen + other.seen, removed + other.removed);
        }
    }

    /**
     * A sweep.
     *
     * @param blobs the store of all tiers
     * @param listings what each tier holds
     * @param markers directory of the files that say how far it has come
     * @param pause after each portion of some hundred blobs
     */
    public OrphanSweep(
            Db db, BlobStore blobs, Map<Tier, ? extends BlobListing> listings, Path markers, Duration pause) {
        references = new PgBlobReferences(db);
        this.blobs = blobs;
        this.listings = new EnumMap<>(listings);
        this.markers = markers;
        this.pause = pause;
    }

    /**
     * Sweeps what has come since the last sweep. One that is interrupted goes on there the next time.
     *
     * @param started when this process, or the earliest that writes to the same stores, started
     */
    public Swept run(Instant started) throws IOException, InterruptedException {
        Files.createDirectories(markers);
        Instant cutoff = started.minus(YOUNGEST);
        Swept all = decided(cutoff);
        for (Map.Entry<Tier, BlobListing> listing : listings.entrySet()) {
            all = all.plus(tier(listing.getKey(), listing.getValue(), cutoff));
        }
        if (all.removed() > 0) {
            LOG.info("removed {} of {} blobs, to which nothing referred", all.removed(), all.seen());
        }
        return all;
    }

    /** What somebody discarded, in the moment in which the process died. */
    private Swept decided(Instant cutoff) throws IOException {
        SweepMarker marker = new SweepMarker(markers.resolve("decisions"));
        List<String> left = references.decided(marker.read().orElse(Instant.EPOCH), cutoff);
        for (String blob : left) {
            blobs.delete(blob);
        }
        marker.write(cutoff);
        return new Swept(left.size(), 0);
    }

    private Swept tier(Tier tier, BlobListing listing, Instant cutoff) throws IOException, InterruptedException {
        SweepMarker marker = new SweepMarker(markers.resolve(tier.name().toLowerCase(Locale.ROOT)));
        Instant last = marker.read().orElse(Instant.MIN);
        Instant hour = listing.oldest().orElse(cutoff).truncatedTo(ChronoUnit.HOURS);
        if (last.isAfter(hour)) {
            Instant from = last.minus(LONGEST_ARRIVAL).truncatedTo(ChronoUnit.HOURS);
            hour = from.isAfter(hour) ? from : hour;
        }
        Portions portions = new Portions(Tiers.prefix(tier), cutoff);
        for (; !hour.isAfter(cutoff); hour = hour.plus(1, ChronoUnit.HOURS)) {
            long before = portions.swept.seen();
            listing.hour(hour, portions);
            if (portions.swept.seen() > before) {
                marker.write(hour.isAfter(last) ? hour : last);
            }
        }
        marker.write(cutoff);
        return portions.swept;
    }

    private final class Portions implements BlobListing.Portion {
        private final String prefix;
        private final Instant cutoff;
        private Swept swept = new Swept(0, 0);

        Portions(String prefix, Instant cutoff) {
            this.prefix = prefix;
            this.cutoff = cutoff;
        }

        @Override
        public void take(List<BlobListing.Listed> listed) throws IOException, InterruptedException {
            List<String> old = listed.stream()
                    .filter(blob -> blob.written().isBefore(cutoff))
                    .map(blob -> prefix + blob.key())
                    .toList();
            List<String> unknown = old.isEmpty() ? List.of() : references.unknown(old);
            for (String blob : unknown) {
                blobs.delete(blob);
            }
            swept = swept.plus(new Swept(listed.size(), unknown.size()));
            Thread.sleep(pause);
        }
    }
}

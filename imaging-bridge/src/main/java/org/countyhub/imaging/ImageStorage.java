package org.countyhub.imaging;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.countyhub.imaging.store.BlobListing;
import org.countyhub.imaging.store.FileBlobListing;
import org.countyhub.imaging.store.FileBlobs;
import org.countyhub.imaging.store.S3Blobs;
import org.countyhub.imaging.store.Tiers;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.lifecycle.Tier;
import org.countyhub.kernel.Settings;

/** Where the bytes of images are kept, as the switches say: a directory, an object store, an archive. */
final class ImageStorage implements AutoCloseable {
    private static final long MEGABYTE = 1024 * 1024;

    private final Map<Tier, BlobStore> stores = new EnumMap<>(Tier.class);
    private final Map<Tier, BlobListing> listings = new EnumMap<>(Tier.class);
    private final Path directory;
    private final Tiers tiers;

    /** Images come in at the object store where one is named, else at the data directory. */
    ImageStorage(Settings settings, Clock clock) throws IOException {
        directory = settings.dataDirectory().resolve("images");
        long watermark = settings.number("HUB_IMAGING_MIN_FREE_MB", 2_048, 0, 10_000_000) * MEGABYTE;
        Path files = directory.resolve("files");
        stores.put(Tier.DISK, new FileBlobs(files, watermark, clock));
        listings.put(Tier.DISK, new FileBlobListing(files));
        S3Blobs.configured(settings, directory.resolve("spool"), watermark, clock)
                .ifPresent(store -> add(Tier.OBJECT_STORE, store));
        Optional<S3Blobs> archive =
                S3Blobs.archive(settings, directory.resolve("archive-spool"), watermark, clock);
        String mounted = settings.text("HUB_ARCHIVE_DIR", "");
        if (archive.isPresent() && !mounted.isEmpty()) {
            throw new IllegalArgumentException("name an archive by HUB_ARCHIVE_DIR or by HUB_ARCHIVE_S3_ENDPOINT, not both");
        }
        archive.ifPresent(store -> add(Tier.ARCHIVE, store));
        if (!mounted.isEmpty()) {
            Path there = Path.of(mounted).toAbsolutePath();
            stores.put(Tier.ARCHIVE, new FileBlobs(there, 0, clock));
            listings.put(Tier.ARCHIVE, new FileBlobListing(there));
        }
        tiers = new Tiers(stores, stores.containsKey(Tier.OBJECT_STORE) ? Tier.OBJECT_STORE : Tier.DISK);
    }

    private void add(Tier tier, S3Blobs store) {
        stores.put(tier, store);
        listings.put(tier, store.listing());
    }

    Tiers tiers() {
        return tiers;
    }

    /** What each tier holds. */
    Map<Tier, BlobListing> listings() {
        return listings;
    }

    /** Where notes about them are kept. */
    Path directory() {
        return directory;
    }

    @Override
    public void close() {
        stores.values().forEach(store -> {
            if (store instanceof S3Blobs remote) {
                remote.close();
            }
        });
    }
}

package org.countyhub.imaging.store;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** The objects of {@link S3Blobs}. */
final class S3BlobListing implements BlobListing {
    private final S3Client client;
    private final String bucket;

    S3BlobListing(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    @Override
    public Optional<Instant> oldest() {
        // Objects are listed in the order of their keys; those of blobs begin with the year.
        ListObjectsV2Response first = S3Blobs.asked(() ->
                client.listObjectsV2(list -> list.bucket(bucket).prefix("20").maxKeys(1)));
        return first.contents().stream().findFirst().flatMap(object -> BlobKeys.hour(object.key()));
    }

    @Override
    public void hour(Instant moment, Portion portion) throws IOException, InterruptedException {
        String prefix = BlobKeys.folder(moment) + "/";
        @Nullable String from = null;
        do {
            String token = from;
            ListObjectsV2Response page = S3Blobs.asked(() -> client.listObjectsV2(
                    list -> list.bucket(bucket).prefix(prefix).continuationToken(token)));
            if (!page.contents().isEmpty()) {
                portion.take(page.contents().stream()
                        .map(object -> new Listed(object.key(), object.lastModified()))
                        .toList());
            }
            from = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
        } while (from != null);
    }
}

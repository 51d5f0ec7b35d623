package org.countyhub.imaging.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Blobs as objects of one bucket of a store that speaks S3. What comes in is spooled to a local file, because only then its length and
 * checksum are known and a try that failed can be made again; it has a key once the store has all of it.
 */
public final class S3Blobs implements BlobStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(S3Blobs.class);
    private static final int RETRY_AFTER_SECONDS = 30;
    private static final int NOT_SATISFIABLE = 416;
    /** The slowest store that is waited for, in bytes a second. */
    private static final long SLOWEST = 1_000_000;

    private final S3Client client;
    private final String bucket;
    private final Spool spool;
    private final BlobKeys keys;
    private final FreeSpace space;

    /** Where the store is. */
    record Place(URI endpoint, String bucket, String region, String accessKey, String secretKey) {
        @Override
        public String toString() {
            return endpoint + "/" + bucket;
        }
    }

    S3Blobs(Place place, Path spool, long watermarkBytes, Clock clock) throws IOException {
        bucket = place.bucket();
        this.spool = new Spool(spool);
        keys = new BlobKeys(clock);
        space = new FreeSpace(spool, watermarkBytes, clock);
        client = S3Client.builder()
                .endpointOverride(place.endpoint())
                .region(Region.of(place.region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(place.accessKey(), place.secretKey())))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(5))
                        .socketTimeout(Duration.ofSeconds(60)))
                // Bucket names as host names need a DNS of their own, and trailing checksums a store made lately.
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                .build();
    }

    /**
     * The object store of the switches HUB_S3_ENDPOINT, HUB_S3_BUCKET, HUB_S3_REGION, HUB_S3_ACCESS_KEY and HUB_S3_SECRET_KEY; empty where
     * there is no endpoint.
     *
     * @param spool a local directory of its own; what is left in it is removed
     * @param watermarkBytes free space that the spool does not use
     */
    public static Optional<S3Blobs> configured(Settings settings, Path spool, long watermarkBytes, Clock clock)
            throws IOException {
        return configured(settings, "HUB_S3", spool, watermarkBytes, clock);
    }

    /** The same by the switches HUB_ARCHIVE_S3_ENDPOINT and so on: a second bucket, of a cheaper class. */
    public static Optional<S3Blobs> archive(Settings settings, Path spool, long watermarkBytes, Clock clock)
            throws IOException {
        return configured(settings, "HUB_ARCHIVE_S3", spool, watermarkBytes, clock);
    }

    private static Optional<S3Blobs> configured(
            Settings settings, String name, Path spool, long watermarkBytes, Clock clock) throws IOException {
        String endpoint = settings.text(name + "_ENDPOINT", "");
        if (endpoint.isEmpty()) {
            return Optional.empty();
        }
        if (!endpoint.matches("https?://[^/?#@]+/?")) {
            throw new IllegalArgumentException(
                    name + "_ENDPOINT must be http:// or https:// and a host but is " + endpoint);
        }
        Place place = new Place(
                URI.create(endpoint),
                required(settings, name + "_BUCKET"),
                settings.text(name + "_REGION", "us-east-1"),
                required(settings, name + "_ACCESS_KEY"),
                required(settings, name + "_SECRET_KEY"));
        return Optional.of(new S3Blobs(place, spool, watermarkBytes, clock));
    }

    private static String required(Settings settings, String name) {
        String value = settings.text(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + " has to be set where there is an endpoint");
        }
        return value;
    }

    @Override
    public Incoming receive() throws IOException {
        return spool.receive(this::put);
    }

    private String put(Spool.Spooled file) {
        String key = keys.next();
        Duration most = Duration.ofSeconds(60 + file.length() / SLOWEST);
        asked(() -> client.putObject(
                put -> put.bucket(bucket)
                        .key(key)
                        .contentLength(file.length())
                        .contentType("application/dicom")
                        // Every store compares this one (RFC 1864) with what came; newer checksums some pass over.
                        .contentMD5(file.md5())
                        .overrideConfiguration(calls -> calls.apiCallTimeout(most)),
                RequestBody.fromFile(file.path())));
        return key;
    }

    /** Nothing is left to do: the store keeps what it has taken. */
    @Override
    public void settle(Collection<String> keys) {}

    @Override
    public InputStream open(String key, long position, long length) throws IOException {
        if (length <= 0) {
            return InputStream.nullInputStream();
        }
        long last = position + length - 1;
        String range = "bytes=" + position + "-" + (last < position ? "" : last);
        try {
            return new S3Part(
                    client.getObject(get -> get.bucket(bucket).key(key).range(range)));
        } catch (NoSuchKeyException e) {
            FileNotFoundException none = new FileNotFoundException("there is no blob " + key);
            none.initCause(e);
            throw none;
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_SATISFIABLE) {
                return InputStream.nullInputStream();
            }
            throw unavailable(e);
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void delete(String key) throws IOException {
        try {
            client.deleteObject(delete -> delete.bucket(bucket).key(key));
        } catch (SdkException e) {
            throw new IOException("the object store did not remove " + key, e);
        }
    }

    @Override
    public boolean hasRoomFor(long bytes) {
        return space.hasRoomFor(bytes);
    }

    /** What the bucket holds. */
    public BlobListing listing() {
        return new S3BlobListing(client, bucket);
    }

    /** Asks the store, whose errors may all be gone a little later: to the sender the hub is busy, to its keepers they are told. */
    static <T> T asked(Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    private static RuntimeException unavailable(SdkException e) {
        LOG.warn("the object store refused or did not answer: {}", e.getMessage());
        return Problem.busy("the object store is not available", RETRY_AFTER_SECONDS);
    }

    @Override
    public void close() {
        client.close();
    }
}

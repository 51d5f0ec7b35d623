package org.countyhub.imaging.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.countyhub.kernel.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3BlobsTest implements BlobStoreContract {
    private static ObjectStore store;

    private Path spool;

    private S3Blobs blobs;

    @BeforeAll
    static void start() throws Exception {
        store = ObjectStore.start();
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @BeforeEach
    void open(@TempDir Path own) throws IOException {
        spool = own;
        blobs = S3Blobs.configured(store.settings(Map.of()), spool, 0, CLOCK).orElseThrow();
    }

    @AfterEach
    void empty() throws Exception {
        List<String> keys = new ArrayList<>();
        blobs.listing().hour(NOW, all -> all.forEach(blob -> keys.add(blob.key())));
        for (String key : keys) {
            blobs.delete(key);
        }
        blobs.close();
    }

    @Override
    public BlobStore blobs() {
        return blobs;
    }

    @Override
    public BlobListing listing() {
        return blobs.listing();
    }

    @Override
    public BlobStore withWatermark(long bytes) throws IOException {
        return S3Blobs.configured(store.settings(Map.of()), spool, bytes, CLOCK).orElseThrow();
    }

    @Override
    public List<String> unfinished() throws IOException {
        try (Stream<Path> files = Files.list(spool)) {
            return files.map(Path::toString).toList();
        }
    }

    @Test
    void whatAProcessThatDiedLeftInTheSpoolIsRemoved() throws IOException {
        BlobStore.Incoming unfinished = blobs.receive();
        unfinished.write(1);
        assertThat(unfinished()).hasSize(1);

        S3Blobs.configured(store.settings(Map.of()), spool, 0, CLOCK)
                .orElseThrow()
                .close();

        assertThat(unfinished()).isEmpty();
        unfinished.close();
    }

    @Test
    void moreBlobsThanAPageAreListed() throws Exception {
        try (ExecutorService senders = Executors.newFixedThreadPool(8)) {
            Callable<String> send = () -> BlobStoreContract.put(blobs, new byte[] {1, 2});
            for (Future<String> sent : senders.invokeAll(Collections.nCopies(1_003, send))) {
                sent.get();
            }
        }
        List<Integer> pages = new ArrayList<>();

        blobs.listing().hour(NOW, all -> pages.add(all.size()));

        assertThat(pages).hasSizeGreaterThan(1);
        assertThat(pages.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1_003);
    }

    @Test
    void aBucketThatIsNotThereMeansBusyAndNothingIsLeft() throws IOException {
        try (S3Blobs other = S3Blobs.configured(store.settings(Map.of("HUB_S3_BUCKET", "none")), spool, 0, CLOCK)
                .orElseThrow()) {
            assertBusy(() -> BlobStoreContract.put(other, new byte[] {1, 2}));
        }
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void aStoreThatDoesNotAnswerMeansBusyAndNothingIsLeft() throws IOException {
        Settings nobody = store.settings(Map.of("HUB_S3_ENDPOINT", "http://127.0.0.1:1"));
        try (S3Blobs other = S3Blobs.configured(nobody, spool, 0, CLOCK).orElseThrow()) {
            assertBusy(() -> BlobStoreContract.put(other, new byte[] {1, 2}));
            assertBusy(() -> other.open("2026/03/01/10/none.dcm", 0, 1));
            assertThatThrownBy(() -> other.delete("2026/03/01/10/none.dcm")).isInstanceOf(IOException.class);
        }
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void withoutAnEndpointThereIsNone() throws IOException {
        assertThat(S3Blobs.configured(new Settings(Map.of()), spool, 0, CLOCK)).isEmpty();
        assertThat(S3Blobs.archive(store.settings(Map.of()), spool, 0, CLOCK)).isEmpty();
    }

    @Test
    void whatIsMissingOrWrongIsNamed() {
        assertThatThrownBy(() -> S3Blobs.configured(store.settings(Map.of("HUB_S3_BUCKET", " ")), spool, 0, CLOCK))
                .hasMessage("HUB_S3_BUCKET has to be set where there is an endpoint");
        assertThatThrownBy(() ->
                        S3Blobs.configured(store.settings(Map.of("HUB_S3_ENDPOINT", "ftp://store")), spool, 0, CLOCK))
                .hasMessageContaining("HUB_S3_ENDPOINT must be http:// or https://");
        assertThatThrownBy(() -> S3Blobs.archive(
                        new Settings(Map.of("HUB_ARCHIVE_S3_ENDPOINT", "http://store")), spool, 0, CLOCK))
                .hasMessageContaining("HUB_ARCHIVE_S3_BUCKET");
    }

    private static void assertBusy(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        long before = System.nanoTime();
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem())
                .isInstanceOf(Problem.Busy.class));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
    }
}

package org.countyhub.imaging.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.countyhub.imaging.study.BlobStore;
import org.junit.jupiter.api.Test;

/** What every store of blobs does, wherever its bytes are. */
interface BlobStoreContract {
    Instant NOW = Instant.parse("2026-03-01T10:20:30Z");
    Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    BlobStore blobs();

    BlobListing listing();

    /** The same store, except that it leaves so much space free. */
    BlobStore withWatermark(long bytes) throws IOException;

    /** Where bytes lie before they are sealed; must be empty when nothing is on its way. */
    List<String> unfinished() throws IOException;

    static String put(BlobStore blobs, byte[] bytes) throws IOException {
        try (BlobStore.Incoming blob = blobs.receive()) {
            blob.write(bytes[0]);
            blob.write(bytes, 1, bytes.length - 1);
            String key = blob.seal();
            blobs.settle(List.of(key));
            return key;
        }
    }

    static byte[] bytes(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] read(BlobStore blobs, String key, long position, long length) throws IOException {
        try (InputStream in = blobs.open(key, position, length)) {
            return in.readAllBytes();
        }
    }

    @Test
    default void whatIsSealedIsReadAsItWas() throws IOException {
        byte[] bytes = bytes(1_000_003, 1);

        String key = put(blobs(), bytes);

        assertThat(read(blobs(), key, 0, bytes.length)).isEqualTo(bytes);
        assertThat(unfinished()).isEmpty();
    }

    @Test
    default void nobodySkipsBeyondTheEnd() throws IOException {
        String key = put(blobs(), "0123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        try (InputStream in = blobs().open(key, 2, 1_000)) {
            long skipped = 0;
            for (long some = in.skip(500); some > 0; some = in.skip(500)) {
                skipped += some;
            }
            assertThat(skipped).isEqualTo(8);
            assertThat(in.read()).isNegative();
        }
    }

    @Test
    default void aPartIsReadAlone() throws IOException {
        String key = put(blobs(), "0123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        assertThat(read(blobs(), key, 3, 4)).asString().isEqualTo("3456");
        assertThat(read(blobs(), key, 9, 1)).asString().isEqualTo("9");
        assertThat(read(blobs(), key, 4, 0)).isEmpty();
    }

    @Test
    default void aPartEndsWhereTheBlobDoes() throws IOException {
        String key = put(blobs(), "0123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        assertThat(read(blobs(), key, 8, 100)).asString().isEqualTo("89");
        assertThat(read(blobs(), key, 10, 5)).isEmpty();
        assertThat(read(blobs(), key, 50, 5)).isEmpty();
        assertThat(read(blobs(), key, 5, Long.MAX_VALUE)).asString().isEqualTo("56789");
    }

    @Test
    default void aReaderMayStopEarly() throws IOException {
        byte[] bytes = bytes(20_000_000, 2);
        String key = put(blobs(), bytes);

        for (int i = 0; i < 20; i++) {
            try (InputStream in = blobs().open(key, 1_000L * i, bytes.length)) {
                assertThat(in.read()).isEqualTo(bytes[1_000 * i] & 0xFF);
            }
        }
    }

    @Test
    default void whatIsNotSealedLeavesNothing() throws IOException {
        try (BlobStore.Incoming blob = blobs().receive()) {
            blob.write(bytes(100_000, 3));
        }

        assertThat(unfinished()).isEmpty();
        assertThat(keys()).isEmpty();
    }

    @Test
    default void whatIsDeletedIsNotThereAndMayBeDeletedAgain() throws IOException {
        String key = put(blobs(), bytes(10, 4));

        blobs().delete(key);
        blobs().delete(key);

        assertThatThrownBy(() -> read(blobs(), key, 0, 10)).isInstanceOf(IOException.class);
        assertThat(keys()).isEmpty();
    }

    @Test
    default void keysBeginWithTheHourAndListingsFindThemThere() throws IOException, InterruptedException {
        assertThat(listing().oldest()).isEmpty();
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            keys.add(put(blobs(), bytes(10, i)));
        }

        assertThat(keys).hasSize(5).allMatch(key -> key.startsWith("2026/03/01/10/"));
        assertThat(listing().oldest()).contains(NOW.truncatedTo(ChronoUnit.HOURS));
        assertThat(keys()).containsExactlyInAnyOrderElementsOf(keys);
        listing()
                .hour(NOW.minus(1, ChronoUnit.HOURS), blobs -> assertThat(blobs).isEmpty());
    }

    @Test
    default void theWatermarkIsKept() throws IOException {
        assertThat(blobs().hasRoomFor(0)).isTrue();
        assertThat(blobs().hasRoomFor(Long.MAX_VALUE)).isFalse();
        assertThat(withWatermark(Long.MAX_VALUE / 2).hasRoomFor(0)).isFalse();
    }

    @Test
    default void manyAtOnceDoNotMix() throws Exception {
        try (ExecutorService senders = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                byte[] bytes = bytes(50_000 + i, i);
                work.add(() -> java.util.Arrays.equals(bytes, read(blobs(), put(blobs(), bytes), 0, bytes.length)));
            }
            for (Future<Boolean> same : senders.invokeAll(work)) {
                assertThat(same.get()).isTrue();
            }
        }
        assertThat(keys()).hasSize(64);
        assertThat(unfinished()).isEmpty();
    }

    private List<String> keys() {
        try {
            List<String> keys = new ArrayList<>();
            listing().hour(NOW, blobs -> blobs.forEach(blob -> keys.add(blob.key())));
            return keys;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

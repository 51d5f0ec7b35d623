package org.countyhub.imaging.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.lifecycle.RetentionPolicy;
import org.countyhub.imaging.study.lifecycle.StudyRemoval;
import org.countyhub.imaging.study.lifecycle.Tier;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoverTest {
    private static final Instant RECEIVED = Instant.parse("2026-03-01T10:20:30Z");
    private static final Instant IN_40_DAYS = RECEIVED.plus(Duration.ofDays(40));
    private static final Instant IN_400_DAYS = RECEIVED.plus(Duration.ofDays(400));
    private static final RetentionPolicy POLICY =
            new RetentionPolicy(List.of(new RetentionPolicy.Rule(null, "CT", 30, 365, null)));

    private static TestIndex index;
    private static ObjectStore objects;
    private static Db db;

    private Path directory;

    private S3Blobs objectStore;
    private Tiers tiers;
    private Studies studies;

    @BeforeAll
    static void create() throws Exception {
        index = new TestIndex();
        db = index.db();
        objects = ObjectStore.start();
    }

    @AfterAll
    static void drop() {
        try {
            objects.close();
        } finally {
            index.close();
        }
    }

    @BeforeEach
    void open(@TempDir Path own) throws IOException {
        directory = own;
        objectStore = S3Blobs.configured(objects.settings(Map.of()), directory.resolve("spool"), 0, Clock.systemUTC())
                .orElseThrow();
        tiers = tiers(objectStore);
        studies = new Studies(db, tiers);
        studies.clear();
    }

    private Tiers tiers(BlobStore second) throws IOException {
        return new Tiers(
                Map.of(
                        Tier.DISK, new FileBlobs(disk(), 0, Clock.systemUTC()),
                        Tier.OBJECT_STORE, second,
                        Tier.ARCHIVE, new FileBlobs(directory.resolve("archive"), 0, Clock.systemUTC())),
                Tier.DISK);
    }

    private Path disk() {
        return directory.resolve("disk");
    }

    private long filesOnDisk() throws IOException {
        try (Stream<Path> files = Files.walk(disk())) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private void complete(String studyUid) {
        assertThat(studies.update(Sql.of(
                        "update study set state = 'COMPLETE', completed_by = 'QUIET' where study_uid = ?", studyUid)))
                .isEqualTo(1);
    }

    private Mover.Moved move(Tiers over, Instant now) throws IOException, InterruptedException {
        return new Mover(db, over, POLICY, new PgRemovalStore(db), Duration.ZERO).run(now);
    }

    private int drain(Instant now) {
        return new StudyRemoval(db, new PgRemovalStore(db), tiers, Clock.systemUTC()).drain(now);
    }

    private void study(int instances) {
        for (int number = 1; number <= instances; number++) {
            studies.add("1.2.3", "CT", number, RECEIVED);
        }
        complete("1.2.3");
    }

    @Test
    void aCopyStaysWhereNobodyIsToldWhetherItIsInUse() throws Exception {
        study(3);
        LostCommits database = new LostCommits(index.source());
        database.loseAfter(0);

        assertThatThrownBy(() ->
                        new Mover(database.db(), tiers, POLICY, new PgRemovalStore(db), Duration.ZERO).run(IN_40_DAYS))
                .hasMessageContaining("not available");

        assertThat(studies.blobs("1.2.3")).hasSize(3).allMatch(blob -> blob.startsWith("s3:"));
        drain(IN_400_DAYS);
        assertThat(studies.intact("1.2.3")).isTrue();
    }

    @Test
    void whatGrowsOldMovesFromTierToTierAndIsReadableAllTheTime() throws Exception {
        study(70);

        Mover.Moved first = move(tiers, IN_40_DAYS);

        assertThat(first.blobs()).isEqualTo(70);
        assertThat(first.damaged()).isEqualTo(0);
        assertThat(studies.blobs("1.2.3")).hasSize(70).allMatch(blob -> blob.startsWith("s3:"));
        assertThat(studies.intact("1.2.3")).isTrue();
        assertThat(filesOnDisk())
                .as("who had asked for the old keys still finds them")
                .isEqualTo(70);
        assertThat(drain(IN_40_DAYS.plusSeconds(599))).isEqualTo(0);
        assertThat(drain(IN_40_DAYS.plusSeconds(600))).isEqualTo(70);
        assertThat(filesOnDisk()).isEqualTo(0);
        assertThat(move(tiers, IN_40_DAYS).blobs()).isEqualTo(0);

        Mover.Moved second = move(tiers, IN_400_DAYS);

        assertThat(second.blobs()).isEqualTo(70);
        assertThat(drain(IN_400_DAYS.plusSeconds(600))).isEqualTo(70);
        assertThat(studies.blobs("1.2.3")).allMatch(blob -> blob.startsWith("archive:"));
        assertThat(studies.intact("1.2.3")).isTrue();
        assertThat(studies.texts(Sql.of("select tier from study"))).containsExactly("ARCHIVE");
        assertThat(studies.texts(Sql.of("select blob from blob_removal"))).isEmpty();
    }

    @Test
    void whatIsYoungOrStillComesOrIsOfNoRuleStays() throws Exception {
        study(1);
        studies.add("1.2.4", "CT", 1, RECEIVED);
        studies.add("1.2.5", "MR", 1, RECEIVED);
        complete("1.2.5");

        assertThat(move(tiers, RECEIVED.plus(Duration.ofDays(29))).blobs()).isEqualTo(0);
        assertThat(move(tiers, IN_40_DAYS).blobs()).isEqualTo(1);

        assertThat(studies.blobs("1.2.4")).noneMatch(blob -> blob.contains(":"));
        assertThat(studies.blobs("1.2.5")).noneMatch(blob -> blob.contains(":"));
    }

    @Test
    void aLateImageFollowsWhenItIsOld() throws Exception {
        study(2);
        move(tiers, IN_40_DAYS);
        studies.add("1.2.3", "CT", 3, IN_40_DAYS);
        complete("1.2.3");
        assertThat(move(tiers, IN_40_DAYS.plusSeconds(9)).blobs()).isEqualTo(0);

        assertThat(move(tiers, IN_40_DAYS.plus(Duration.ofDays(31))).blobs()).isEqualTo(1);
        assertThat(studies.intact("1.2.3")).isTrue();
    }

    @Test
    void whatIsDamagedStaysAndIsCounted() throws Exception {
        study(3);
        Path file = disk().resolve(studies.blobs("1.2.3").get(1));
        byte[] bytes = Files.readAllBytes(file);
        bytes[2_000] ^= 1;
        Files.write(file, bytes);

        Mover.Moved moved = move(tiers, IN_40_DAYS);

        assertThat(moved.blobs()).isEqualTo(2);
        assertThat(moved.damaged()).isEqualTo(1);
        assertThat(studies.blobs("1.2.3"))
                .filteredOn(blob -> !blob.contains(":"))
                .hasSize(1);
        assertThat(move(tiers, IN_40_DAYS).damaged())
                .as("it is looked at again")
                .isEqualTo(1);
    }

    @Test
    void aCopyThatIsNotReadBackAsItWasReplacesNothing() throws Exception {
        study(2);
        String fault = "flip";

        assertThatThrownBy(() -> move(tiers(new Faulty(objectStore, fault)), IN_40_DAYS))
                .isInstanceOf(IOException.class);

        assertThat(studies.blobs("1.2.3")).noneMatch(blob -> blob.contains(":"));
        assertThat(studies.intact("1.2.3")).isTrue();
        assertNoObjects();
    }

    @Test
    void aCrashBeforeTheCopiesAreReferredToLosesNothingAndLeavesNothingForLong() throws Exception {
        study(2);
        String fault = "crash";

        assertThatThrownBy(() -> move(tiers(new Faulty(objectStore, fault)), IN_40_DAYS))
                .isInstanceOf(Crash.class);
        assertThat(studies.intact("1.2.3")).isTrue();
        assertThat(objects()).isEqualTo(2);
        assertThat(drain(IN_40_DAYS.plus(Duration.ofHours(25)))).isEqualTo(2);
        assertNoObjects();

        assertThat(move(tiers, IN_40_DAYS).blobs()).isEqualTo(2);
        assertThat(studies.intact("1.2.3")).isTrue();
    }

    @Test
    void aStoreThatIsFullOrAwayMovesNothingAndLosesNothing() throws Exception {
        study(2);
        for (String what : List.of("full", "away")) {
            assertThatThrownBy(() -> move(tiers(new Faulty(objectStore, what)), IN_40_DAYS))
                    .isInstanceOfAny(IOException.class, org.countyhub.kernel.ProblemException.class);
        }
        assertThat(studies.intact("1.2.3")).isTrue();
        assertNoObjects();
    }

    @Test
    void twoMoversAtOnceLeaveOneCopyOfEach() throws Exception {
        study(40);
        try (var both = java.util.concurrent.Executors.newFixedThreadPool(2)) {
            var one = both.submit(() -> move(tiers, IN_40_DAYS).blobs());
            var other = both.submit(() -> move(tiers, IN_40_DAYS).blobs());
            assertThat(one.get() + other.get()).isEqualTo(40);
        }
        drain(IN_40_DAYS.plus(Duration.ofDays(2)));

        assertThat(studies.intact("1.2.3")).isTrue();
        assertThat(objects()).isEqualTo(40);
        assertThat(filesOnDisk()).isEqualTo(0);
    }

    @Test
    void aTierThatIsNotThereIsRefusedAtTheStart() {
        Tiers disk = new Tiers(Map.of(Tier.DISK, objectStore), Tier.DISK);
        assertThatThrownBy(() -> new Mover(db, disk, POLICY, new PgRemovalStore(db), Duration.ZERO))
                .hasMessageContaining("OBJECT_STORE, which is not configured");
    }

    private int objects() throws Exception {
        int[] count = {0};
        Instant now = Instant.now();
        for (Instant hour : List.of(now.minus(Duration.ofHours(1)), now)) {
            objectStore.listing().hour(hour, blobs -> count[0] += blobs.size());
        }
        return count[0];
    }

    private void assertNoObjects() throws Exception {
        assertThat(objects()).isEqualTo(0);
    }

    @org.junit.jupiter.api.AfterEach
    void removeObjects() throws Exception {
        Instant now = Instant.now();
        for (Instant hour : List.of(now.minus(Duration.ofHours(1)), now)) {
            List<String> keys = new java.util.ArrayList<>();
            objectStore.listing().hour(hour, blobs -> blobs.forEach(blob -> keys.add(blob.key())));
            for (String key : keys) {
                objectStore.delete(key);
            }
        }
        objectStore.close();
    }

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** A second tier with a fault. */
    private record Faulty(BlobStore store, String fault) implements BlobStore {
        @Override
        public Incoming receive() throws IOException {
            if (fault.equals("away")) {
                throw new IOException("away");
            }
            return store.receive();
        }

        @Override
        public void settle(Collection<String> keys) throws IOException {
            store.settle(keys);
            if (fault.equals("crash")) {
                throw new Crash();
            }
        }

        @Override
        public InputStream open(String key, long position, long length) throws IOException {
            byte[] bytes = store.open(key, position, length).readAllBytes();
            bytes[1_000] ^= 1;
            return new java.io.ByteArrayInputStream(bytes);
        }

        @Override
        public void delete(String key) throws IOException {
            if (fault.equals("crash")) {
                throw new IOException("the process is not there any more");
            }
            store.delete(key);
        }

        @Override
        public boolean hasRoomFor(long bytes) {
            return !fault.equals("full") && store.hasRoomFor(bytes);
        }
    }
}

package org.countyhub.imaging.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.lifecycle.Tier;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanSweepTest {
    private static final Instant LONG_AGO = Instant.parse("2026-03-01T10:20:30Z");
    private static final Instant STARTED = Instant.parse("2026-03-01T14:00:00Z");

    private static TestIndex index;
    private static Db db;

    private Path directory;

    private Path files;
    private Studies studies;

    @BeforeAll
    static void create() {
        index = new TestIndex();
        db = index.db();
    }

    @AfterAll
    static void drop() {
        index.close();
    }

    @BeforeEach
    void empty(@TempDir Path own) throws IOException {
        directory = own;
        files = directory.resolve("blobs");
        studies = new Studies(db, at(LONG_AGO));
        studies.clear();
    }

    private FileBlobs at(Instant moment) throws IOException {
        return new FileBlobs(files, 0, Clock.fixed(moment, ZoneOffset.UTC));
    }

    /** A blob of that moment that nothing refers to. */
    private Path orphan(Instant moment) throws IOException {
        return written(BlobStoreContract.put(at(moment), new byte[] {1, 2, 3}), moment);
    }

    private Path written(String key, Instant moment) throws IOException {
        return Files.setLastModifiedTime(files.resolve(key), FileTime.from(moment));
    }

    private OrphanSweep.Swept sweep(Instant started) throws Exception {
        BlobStore blobs = at(started);
        return new OrphanSweep(
                        db,
                        blobs,
                        Map.of(Tier.DISK, new FileBlobListing(files)),
                        directory.resolve("markers"),
                        Duration.ZERO)
                .run(started);
    }

    @Test
    void whatNothingRefersToGoesAndWhatIsReferredToStays() throws Exception {
        studies.add("1.2.1", "CT", 1, LONG_AGO);
        studies.hold("1.2.2", 1, LONG_AGO);
        Path known = written(studies.blobs("1.2.1").getFirst(), LONG_AGO);
        Path held = written(studies.texts(Sql.of("select blob from quarantine")).getFirst(), LONG_AGO);
        Path orphan = orphan(LONG_AGO);

        OrphanSweep.Swept swept = sweep(STARTED);

        assertThat(swept).isEqualTo(new OrphanSweep.Swept(3, 1));
        assertThat(orphan).doesNotExist();
        assertThat(known).exists();
        assertThat(held).exists();
    }

    @Test
    void whatWasWrittenInTheHourBeforeTheStartOrLaterStays() throws Exception {
        Path justBefore = orphan(STARTED.minus(Duration.ofMinutes(59)));
        Path since = orphan(STARTED.plusSeconds(1));
        Path growing = written(BlobStoreContract.put(at(LONG_AGO), new byte[] {1, 2}), STARTED);

        sweep(STARTED);

        assertThat(List.of(justBefore, since, growing)).allMatch(Files::exists);
    }

    @Test
    void whatTheLastSweepFoundTooYoungIsFoundByTheNext() throws Exception {
        Path young = orphan(STARTED.minus(Duration.ofMinutes(30)));
        Path growing = written(BlobStoreContract.put(at(LONG_AGO), new byte[] {1, 2}), STARTED);
        sweep(STARTED);

        OrphanSweep.Swept swept = sweep(STARTED.plus(Duration.ofHours(3)));

        assertThat(swept.removed()).isEqualTo(2);
        assertThat(List.of(young, growing)).noneMatch(Files::exists);
    }

    @Test
    void whatWasSweptLongAgoIsNotWalkedAgain() throws Exception {
        studies.add("1.2.1", "CT", 1, LONG_AGO);
        written(studies.blobs("1.2.1").getFirst(), LONG_AGO);
        assertThat(sweep(STARTED).seen()).isEqualTo(1);
        assertThat(sweep(STARTED.plus(Duration.ofDays(3))).seen())
                .as("the day before the last sweep is walked twice")
                .isEqualTo(1);

        assertThat(sweep(STARTED.plus(Duration.ofDays(6))).seen()).isEqualTo(0);
    }

    @Test
    void aMarkerThatIsNoneOnlyMeansWalkingAgain() throws Exception {
        orphan(LONG_AGO);
        sweep(STARTED);
        Files.writeString(directory.resolve("markers/disk"), "half a mom");
        Path orphan = orphan(LONG_AGO);

        sweep(STARTED.plus(Duration.ofDays(9)));

        assertThat(orphan).doesNotExist();
    }

    @Test
    void theBytesOfWhatWasDiscardedGoThoughTheirHourWasSweptBefore() throws Exception {
        studies.hold("1.2.2", 1, LONG_AGO);
        Path held = written(studies.texts(Sql.of("select blob from quarantine")).getFirst(), LONG_AGO);
        sweep(STARTED);
        sweep(STARTED.plus(Duration.ofDays(3)));
        Instant decided = STARTED.plus(Duration.ofDays(5));
        studies.update(
                Sql.of("update quarantine set resolution = 'DISCARDED', resolved = ?, resolved_by = 'x'", decided));

        sweep(decided.plus(Duration.ofMinutes(30)));
        assertThat(held).exists();
        sweep(decided.plus(Duration.ofHours(2)));

        assertThat(held).doesNotExist();
    }

    @Test
    void whatWasAcceptedStaysAsLongAsAnInstanceHasIt() throws Exception {
        studies.add("1.2.1", "CT", 1, LONG_AGO);
        String blob = studies.blobs("1.2.1").getFirst();
        studies.hold("1.2.2", 1, LONG_AGO);
        Path lost = written(studies.texts(Sql.of("select blob from quarantine")).getFirst(), LONG_AGO);
        studies.update(
                Sql.of("update quarantine set resolution = 'ACCEPTED', resolved = ?, resolved_by = 'x'", LONG_AGO));
        studies.update(Sql.of("""
                insert into quarantine (received, source, sender, address, reason, detail, patient_system, patient_id, study_uid, series_uid,
                  sop_instance_uid, sop_class_uid, transfer_syntax, blob, dataset_position, size, digest, resolution, resolved, resolved_by)
                select received, source, sender, address, reason, detail, patient_system, patient_id, study_uid, series_uid,
                  sop_instance_uid, sop_class_uid, transfer_syntax, ?, dataset_position, size, digest, resolution, resolved, resolved_by
                  from quarantine
                """, blob));
        Path kept = written(blob, LONG_AGO);

        sweep(STARTED);

        assertThat(kept).exists();
        assertThat(lost).doesNotExist();
    }

    @Test
    void aProcessThatIsKilledLeavesNothingForLong() throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Xmx64m",
                        KilledWriter.class.getName(),
                        files.toString())
                .redirectErrorStream(true)
                .start();
        try {
            byte[] ready = new byte[6];
            assertThat(writer.getInputStream().readNBytes(ready, 0, 6)).isEqualTo(6);
            assertThat(new String(ready, java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo("ready\n");
        } finally {
            writer.destroyForcibly();
            assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }

        OrphanSweep.Swept early = sweep(Instant.now());
        OrphanSweep.Swept late = sweep(Instant.now().plus(Duration.ofHours(2)));

        assertThat(early.removed()).isEqualTo(0);
        assertThat(late.removed()).isEqualTo(2);
    }

    /** Writes one blob and half of another, and waits to be killed. */
    static final class KilledWriter {
        private KilledWriter() {}

        public static void main(String[] arguments) throws Exception {
            FileBlobs blobs = new FileBlobs(Path.of(arguments[0]), 0, Clock.systemUTC());
            BlobStoreContract.put(blobs, new byte[] {1, 2, 3});
            BlobStore.Incoming half = blobs.receive();
            half.write(new byte[1_000]);
            System.out.print("ready\n");
            System.out.flush();
            Thread.sleep(60_000);
            half.close();
        }
    }
}

package org.countyhub.imaging.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetWriter;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.study.Ingest;
import org.countyhub.imaging.study.InstanceReader;
import org.countyhub.imaging.study.Sender;
import org.countyhub.imaging.study.StoreOutcome;
import org.countyhub.imaging.study.Stored;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where nobody is told whether an instance was put on record, its bytes stay: the index may refer to them. */
@Timeout(60)
class LostCommitTest {
    private static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.7";

    private final Bridge bridge = new Bridge();
    private final LostCommits database = new LostCommits(bridge.pool);
    private final Ingest ingest = new Ingest(
            new PgStudyStore(database.db(), id -> Bridge.HAIDU),
            bridge.blobs,
            new InstanceReader(bridge.blobs),
            Clock.systemUTC());

    @AfterEach
    void close() {
        ingest.close();
        bridge.close();
    }

    private CompletableFuture<StoreOutcome> store(String uid, String patient) throws IOException {
        Dataset dataset = Dataset.builder()
                .set(Tag.SOPClassUID, Vr.UI, SOP_CLASS)
                .set(Tag.SOPInstanceUID, Vr.UI, uid)
                .set(Tag.PatientID, Vr.LO, patient)
                .set(Tag.StudyInstanceUID, Vr.UI, "1.2.3.1")
                .set(Tag.SeriesInstanceUID, Vr.UI, "1.2.3.2")
                .build();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DatasetWriter.write(dataset, out, TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
        return ingest.store(
                new Sender(Bridge.HAIDU, "CT1", "127.0.0.1"),
                new Part10.FileMeta(TransferSyntax.EXPLICIT_LITTLE_ENDIAN, SOP_CLASS, uid),
                new ByteArrayInputStream(out.toByteArray()));
    }

    private static StoreOutcome outcome(CompletableFuture<StoreOutcome> stored) throws Exception {
        return stored.get(20, TimeUnit.SECONDS);
    }

    private void requireReadable(int instances, List<String> uids) throws IOException {
        List<Stored> found = bridge.studies.bySopInstanceUid(uids);
        assertThat(found).hasSize(instances);
        for (Stored stored : found) {
            try (InputStream in = bridge.blobs.open(stored.blob(), 0, Long.MAX_VALUE)) {
                assertThat(Part10.read(in).sopInstanceUid()).isEqualTo(stored.sopInstanceUid());
            }
        }
    }

    @Test
    void oneInstanceIsRefusedAndReadable() throws Exception {
        database.loseAfter(0);

        CompletableFuture<StoreOutcome> stored = store("1.2.3.4", "P1");

        assertThatThrownBy(() -> outcome(stored))
                .cause()
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.problem())
                        .isInstanceOf(Problem.Busy.class));
        requireReadable(1, List.of("1.2.3.4"));
        assertThat(outcome(store("1.2.3.4", "P1"))).isInstanceOf(StoreOutcome.Known.class);
        requireReadable(1, List.of("1.2.3.4"));
        assertThat(bridge.files()).isEqualTo(1);
    }

    @Test
    void severalThatWereToBeRecordedTogetherAreRecordedAndReadable() throws Exception {
        database.shut();
        List<String> uids = List.of("1.2.3.4", "1.2.3.5", "1.2.3.6");
        List<CompletableFuture<StoreOutcome>> stored = new ArrayList<>();
        stored.add(store(uids.get(0), "P1"));
        // The first is on its way by itself; the others wait for the same commit.
        Thread.sleep(300);
        stored.add(store(uids.get(1), "P1"));
        stored.add(store(uids.get(2), "P1"));
        database.loseAfter(1);
        database.open();

        for (CompletableFuture<StoreOutcome> one : stored) {
            outcome(one);
        }

        requireReadable(3, uids);
        assertThat(bridge.files()).isEqualTo(3);
    }

    @Test
    void whatIsKeptApartStaysReadableToo() throws Exception {
        database.shut();
        CompletableFuture<StoreOutcome> first = store("1.2.3.4", "P1");
        Thread.sleep(300);
        CompletableFuture<StoreOutcome> nobody = store("1.2.3.5", "");
        CompletableFuture<StoreOutcome> other = store("1.2.3.6", "P1");
        database.loseAfter(1);
        database.open();

        assertThat(outcome(nobody)).isInstanceOf(StoreOutcome.Held.class);
        outcome(first);
        outcome(other);

        assertThat(bridge.files()).isEqualTo(3);
    }
}

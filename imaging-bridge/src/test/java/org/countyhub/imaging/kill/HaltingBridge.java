package org.countyhub.imaging.kill;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.countyhub.imaging.dicom.net.NetLimits;
import org.countyhub.imaging.dimse.DimseServer;
import org.countyhub.imaging.peers.Peers;
import org.countyhub.imaging.store.Database;
import org.countyhub.imaging.store.FileBlobs;
import org.countyhub.imaging.store.PgProcedureStepStore;
import org.countyhub.imaging.store.PgQueryStore;
import org.countyhub.imaging.store.PgStudyStore;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.Coercion;
import org.countyhub.imaging.study.Ingest;
import org.countyhub.imaging.study.Instance;
import org.countyhub.imaging.study.InstanceReader;
import org.countyhub.imaging.study.Metadata;
import org.countyhub.imaging.study.PatientDirectory;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.StoreOutcome;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.Study;
import org.countyhub.imaging.study.StudyStore;
import org.countyhub.imaging.study.outgoing.OutgoingInstances;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.HubDatabase;
import org.countyhub.kernel.Settings;
import org.jspecify.annotations.Nullable;

/**
 * A bridge of the parts that the application is made of, which ends at a step as a killed process does: no file is closed, no connection
 * said goodbye to. Arguments: the port for associations, the step, and how many instances pass it before.
 */
final class HaltingBridge {
    /** The exit status by which it is known to have come to the step. */
    static final int HALTED = 99;

    private final Step step;
    private final AtomicInteger left;

    private HaltingBridge(Step step, int passing) {
        this.step = step;
        this.left = new AtomicInteger(passing);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        HaltingBridge halting = new HaltingBridge(Step.valueOf(arguments[1]), Integer.parseInt(arguments[2]));
        Settings settings = new Settings(System.getenv());
        HubDatabase database = HubDatabase.open(settings);
        Database.migrate(database.address());
        Db db = new Db(Database.pool(database.address(), 8, 30_000));
        Peers peers = new Peers.Loopback();
        Source source = peers.sources().getFirst();
        Path files = settings.dataDirectory().resolve("images").resolve("files");
        BlobStore blobs = halting.new Blobs(new FileBlobs(files, 0, Clock.systemUTC()));
        StudyStore studies = halting.new Studies(db, new PgStudyStore(db, id -> source));
        DimseServer server = new DimseServer(
                "COUNTYHUB",
                NetLimits.DEFAULT,
                new DimseServer.Parts(
                        peers,
                        new Ingest(studies, blobs, new InstanceReader(blobs), Clock.systemUTC()),
                        studies,
                        new PgQueryStore(db),
                        new Alone(),
                        new OutgoingInstances(studies, blobs, new Alone(), Coercion.HUB, Clock.systemUTC()),
                        Coercion.HUB,
                        db,
                        new PgProcedureStepStore(db),
                        (hospital, wanted) -> List.of(),
                        (study, evidence) -> {},
                        Clock.systemUTC()),
                null);
        server.listen(InetAddress.getLoopbackAddress(), port);
        new CountDownLatch(1).await();
    }

    /** Halts where it is, once enough have passed. */
    private void reach(Step reached) {
        if (reached == step && left.getAndDecrement() <= 0) {
            Runtime.getRuntime().halt(HALTED);
        }
    }

    private final class Blobs implements BlobStore {
        private final BlobStore store;

        Blobs(BlobStore store) {
            this.store = store;
        }

        @Override
        public Incoming receive() throws IOException {
            Incoming blob = store.receive();
            return new Incoming() {
                private int pieces;

                @Override
                public void write(int value) throws IOException {
                    write(new byte[] {(byte) value}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    blob.write(bytes, from, length);
                    // The meta information is the first piece.
                    if (++pieces == 2) {
                        reach(Step.WRITING);
                    }
                }

                @Override
                public String seal() throws IOException {
                    reach(Step.WRITTEN);
                    String key = blob.seal();
                    reach(Step.SEALED);
                    return key;
                }

                @Override
                public void close() throws IOException {
                    blob.close();
                }
            };
        }

        @Override
        public void settle(Collection<String> keys) throws IOException {
            store.settle(keys);
            reach(Step.SETTLED);
        }

        @Override
        public InputStream open(String key, long position, long length) throws IOException {
            return store.open(key, position, length);
        }

        @Override
        public void delete(String key) throws IOException {
            store.delete(key);
        }

        @Override
        public boolean hasRoomFor(long bytes) {
            return store.hasRoomFor(bytes);
        }
    }

    private final class Studies implements StudyStore {
        private final Db db;
        private final StudyStore store;

        Studies(Db db, StudyStore store) {
            this.db = db;
            this.store = store;
        }

        @Override
        public StudyStore shown() {
            return store.shown();
        }

        @Override
        public List<StoreOutcome> add(List<Instance> instances) {
            List<StoreOutcome> outcomes = db.transaction(() -> {
                List<StoreOutcome> decided = store.add(instances);
                reach(Step.INDEXED);
                return decided;
            });
            reach(Step.COMMITTED);
            return outcomes;
        }

        @Override
        public Optional<Study> study(String studyUid) {
            return store.study(studyUid);
        }

        @Override
        public Optional<Integer> version(String studyUid) {
            return store.version(studyUid);
        }

        @Override
        public Optional<Stored> instance(String studyUid, String seriesUid, String sopInstanceUid) {
            return store.instance(studyUid, seriesUid, sopInstanceUid);
        }

        @Override
        public void instances(String studyUid, Optional<String> seriesUid, Consumer<Stored> each) {
            store.instances(studyUid, seriesUid, each);
        }

        @Override
        public void metadata(
                String studyUid, Optional<String> seriesUid, Optional<String> sopInstanceUid, Consumer<Metadata> each) {
            store.metadata(studyUid, seriesUid, sopInstanceUid, each);
        }

        @Override
        public List<Stored> bySopInstanceUid(Collection<String> sopInstanceUids) {
            return store.bySopInstanceUid(sopInstanceUids);
        }

        @Override
        public List<Study> unpublished(Instant quietSince, int limit) {
            return store.unpublished(quietSince, limit);
        }

        @Override
        public void published(String studyUid, int version) {
            store.published(studyUid, version);
        }
    }

    /** Every patient is a person of their own. */
    private static final class Alone implements PatientDirectory {
        @Override
        public Set<PatientKey> patients(Source asking, @Nullable String issuer, String id) {
            return Set.of(new PatientKey(asking.patientSystem(), id));
        }

        @Override
        public Set<PatientKey> samePerson(PatientKey patient) {
            return Set.of(patient);
        }
    }
}

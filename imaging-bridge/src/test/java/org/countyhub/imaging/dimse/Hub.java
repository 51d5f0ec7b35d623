package org.countyhub.imaging.dimse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetWriter;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.net.NetLimits;
import org.countyhub.imaging.dicom.net.Tls;
import org.countyhub.imaging.peers.Peers;
import org.countyhub.imaging.peers.PeersFile;
import org.countyhub.imaging.quarantine.QuarantineService;
import org.countyhub.imaging.store.Database;
import org.countyhub.imaging.store.FileBlobs;
import org.countyhub.imaging.store.PgLifecycleStore;
import org.countyhub.imaging.store.PgProcedureStepStore;
import org.countyhub.imaging.store.PgQuarantineStore;
import org.countyhub.imaging.store.PgQueryStore;
import org.countyhub.imaging.store.PgStudyStore;
import org.countyhub.imaging.study.Coercion;
import org.countyhub.imaging.study.Ingest;
import org.countyhub.imaging.study.InstanceReader;
import org.countyhub.imaging.study.PatientDirectory;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Sender;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.StoreOutcome;
import org.countyhub.imaging.study.StudyStore;
import org.countyhub.imaging.study.lifecycle.StudyDecisions;
import org.countyhub.imaging.study.outgoing.OutgoingInstances;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.TestDatabase;
import org.jspecify.annotations.Nullable;

/** The hub's DIMSE edge with all that is behind it, but the FHIR server, of which the test says what it knows. */
final class Hub implements AutoCloseable {
    static final NetLimits LIMITS =
            new NetLimits(40, 50, Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(10), 131_072, true);

    final Map<PatientKey, Set<PatientKey>> persons = new HashMap<>();
    final List<Dataset> worklist = new ArrayList<>();
    final List<String> ended = new java.util.concurrent.CopyOnWriteArrayList<>();
    final Path blobs;
    final int port;
    final StudyStore store;
    final Db db;
    final DimseServer server;
    private final TestDatabase database;
    final QuarantineService quarantine;
    final StudyDecisions decisions;
    private final Map<String, Source> sources = new HashMap<>();
    private final Ingest ingest;
    private final Path directory;

    Hub(String peersFile, @Nullable Tls tls) throws IOException {
        this(peersFile, tls, LIMITS, 0);
    }

    /** @param watermark bytes that have to stay free on the disk */
    Hub(String peersFile, @Nullable Tls tls, NetLimits limits, long watermark) throws IOException {
        directory = Files.createTempDirectory("hub-dimse");
        blobs = directory.resolve("blobs");
        Path file = Files.writeString(directory.resolve("peers.json"), peersFile);
        Peers peers = PeersFile.read(file);
        database = TestDatabase.create("imaging_dimse", Database::migrate);
        database.source().getHikariConfigMXBean();
        db = new Db(Database.pool(database.settings(), 8, 30_000));
        peers.sources().forEach(source -> sources.put(source.id(), source));
        store = new PgStudyStore(db, sources::get);
        FileBlobs kept = new FileBlobs(blobs, watermark, Clock.systemUTC());
        InstanceReader reader = new InstanceReader(kept);
        ingest = new Ingest(store, kept, reader, Clock.systemUTC());
        quarantine = new QuarantineService(
                db, new PgQuarantineStore(db), store, kept, reader, sources::get, Clock.systemUTC());
        decisions = new StudyDecisions(db, new PgLifecycleStore(db), Clock.systemUTC());
        server = new DimseServer(
                "COUNTYHUB",
                limits,
                new DimseServer.Parts(
                        peers,
                        ingest,
                        store,
                        new PgQueryStore(db),
                        directory(),
                        new OutgoingInstances(store, kept, directory(), Coercion.HUB, Clock.systemUTC()),
                        Coercion.HUB,
                        db,
                        new PgProcedureStepStore(db),
                        (hospital, wanted) -> List.copyOf(worklist),
                        (study, evidence) -> ended.add(study),
                        Clock.systemUTC()),
                tls);
        port = server.listen(InetAddress.getLoopbackAddress(), 0);
    }

    private PatientDirectory directory() {
        return new PatientDirectory() {
            @Override
            public Set<PatientKey> patients(Source asking, @Nullable String issuer, String id) {
                String system = issuer == null
                        ? asking.patientSystem()
                        : asking.issuers().getOrDefault(issuer, issuer);
                return samePerson(new PatientKey(system, id));
            }

            @Override
            public Set<PatientKey> samePerson(PatientKey patient) {
                return persons.getOrDefault(patient, Set.of(patient));
            }
        };
    }

    /** Takes in a data set as a hospital would send it. */
    StoreOutcome keep(String source, Dataset dataset) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            DatasetWriter.write(dataset, out, TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
            return ingest.store(
                            new Sender(Objects.requireNonNull(sources.get(source)), "TEST", "127.0.0.1"),
                            new Part10.FileMeta(
                                    TransferSyntax.EXPLICIT_LITTLE_ENDIAN,
                                    dataset.string(Tag.SOPClassUID, ""),
                                    dataset.string(Tag.SOPInstanceUID, "")),
                            new ByteArrayInputStream(out.toByteArray()))
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a tool of DCMTK against the hub, as a device. */
    DcmtkPeers.Ended run(String tool, String aeTitle, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(tool, "-v", "-aet", aeTitle, "-aec", "COUNTYHUB", "127.0.0.1", Integer.toString(port)));
        command.addAll(List.of(arguments));
        return DcmtkPeers.run(command.toArray(String[]::new));
    }

    /** Everything that is kept as a file. */
    long blobFiles() {
        if (!Files.isDirectory(blobs)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(blobs)) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The count of a query. */
    long count(String sql) {
        return db.query(connection -> {
            try (var statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    @Override
    public void close() throws IOException {
        server.close();
        ingest.close();
        database.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

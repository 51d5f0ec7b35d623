package org.countyhub.imaging;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.countyhub.imaging.dicomweb.Clients;
import org.countyhub.imaging.dicomweb.DicomWeb;
import org.countyhub.imaging.dimse.DimseServer;
import org.countyhub.imaging.peers.Peers;
import org.countyhub.imaging.peers.Permission;
import org.countyhub.imaging.quarantine.QuarantineService;
import org.countyhub.imaging.remote.FhirClient;
import org.countyhub.imaging.remote.FhirPatients;
import org.countyhub.imaging.remote.FhirPublisher;
import org.countyhub.imaging.remote.FhirWorklist;
import org.countyhub.imaging.remote.LateArrivals;
import org.countyhub.imaging.remote.PublishedAs;
import org.countyhub.imaging.store.FileBlobs;
import org.countyhub.imaging.store.PgProcedureStepStore;
import org.countyhub.imaging.store.PgQuarantineStore;
import org.countyhub.imaging.store.PgQueryStore;
import org.countyhub.imaging.store.PgStudyStore;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.Coercion;
import org.countyhub.imaging.study.Ingest;
import org.countyhub.imaging.study.InstanceReader;
import org.countyhub.imaging.study.PatientDirectory;
import org.countyhub.imaging.study.Sender;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.StudyStore;
import org.countyhub.imaging.study.query.QueryStore;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Settings;

/** The composition root: the one place that knows which store stands behind which port. */
final class ImagingServer implements AutoCloseable {
    private static final String AE_TITLE = "COUNTYHUB";

    private final Db db;
    private final Clock clock;
    private final Peers peers;
    private final BlobStore blobs;
    private final StudyStore studies;
    private final QueryStore queries;
    private final Ingest ingest;
    private final QuarantineService quarantine;
    private final FhirClient fhir;
    private final PatientDirectory patients;
    private final PublishedAs as;
    private final FhirPublisher publisher;
    private final LateArrivals lateArrivals;

    /**
     * Puts the bridge together and starts what runs beside requests.
     *
     * @param pool on a migrated database
     * @param minFreeBytes disk space below which nothing more is taken
     * @param quiet how long nothing more of a study has come in before it is published
     */
    ImagingServer(Settings settings, HikariDataSource pool, Peers peers, long minFreeBytes, Duration quiet, Clock clock)
            throws IOException {
        this.db = new Db(pool);
        this.clock = clock;
        this.peers = peers;
        Function<String, Source> sources = sources(peers);
        blobs = new FileBlobs(settings.dataDirectory().resolve("images"), minFreeBytes, clock);
        studies = new PgStudyStore(db, sources);
        queries = new PgQueryStore(db);
        InstanceReader reader = new InstanceReader(blobs);
        ingest = new Ingest(studies, blobs, reader, clock);
        quarantine = new QuarantineService(db, new PgQuarantineStore(db), studies, blobs, reader, sources, clock);
        fhir = FhirClient.of(settings);
        patients = new FhirPatients(fhir);
        as = PublishedAs.of(settings);
        publisher = new FhirPublisher(studies, fhir, as, clock, quiet);
        lateArrivals = new LateArrivals(fhir, clock);
        publisher.start();
        lateArrivals.start();
    }

    /** The hospitals by id; one that has left the list since is kept by its id alone. */
    private static Function<String, Source> sources(Peers peers) {
        Map<String, Source> known = peers.sources().stream().collect(Collectors.toMap(Source::id, source -> source));
        return id -> {
            Source source = known.get(id);
            return source != null
                    ? source
                    : new Source(
                            id,
                            null,
                            "urn:countyhub:" + id + ":patient",
                            "urn:countyhub:" + id + ":accession",
                            Map.of(),
                            null);
        };
    }

    String aeTitle() {
        return AE_TITLE;
    }

    QuarantineService quarantine() {
        return quarantine;
    }

    /** What DICOMweb works with. */
    DicomWeb.Ports dicomWeb() {
        return new DicomWeb.Ports(ingest, studies, queries, blobs, patients, this::client, List.of(as.dicomweb()));
    }

    private Optional<Clients.Client> client(String name, InetAddress address) {
        return peers.device(name, address, null) instanceof Peers.Known known
                ? Optional.of(new Clients.Client(
                        new Sender(known.device().source(), name, address.getHostAddress()),
                        known.device().may().contains(Permission.STORE)))
                : Optional.empty();
    }

    /** What the services over associations work with. */
    DimseServer.Parts dimse() {
        ZoneId zone = as.zone();
        return new DimseServer.Parts(
                peers,
                ingest,
                studies,
                blobs,
                queries,
                patients,
                new Coercion("COUNTYHUB"),
                db,
                new PgProcedureStepStore(db),
                new FhirWorklist(fhir, patients, zone),
                studyUid -> {},
                clock);
    }

    /** Stops what runs beside requests; what was taken in is on record before. */
    @Override
    public void close() {
        lateArrivals.close();
        publisher.close();
        ingest.close();
        fhir.close();
    }
}

package org.countyhub.imaging;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.countyhub.imaging.access.Entitlement;
import org.countyhub.imaging.access.ReadingStore;
import org.countyhub.imaging.dicomweb.Clients;
import org.countyhub.imaging.dicomweb.DicomWeb;
import org.countyhub.imaging.dimse.DimseServer;
import org.countyhub.imaging.film.FilmRetention;
import org.countyhub.imaging.film.FilmService;
import org.countyhub.imaging.film.FilmStore;
import org.countyhub.imaging.filmweb.Film;
import org.countyhub.imaging.peers.Peers;
import org.countyhub.imaging.quarantine.QuarantineService;
import org.countyhub.imaging.remote.FhirCareRecord;
import org.countyhub.imaging.remote.FhirClient;
import org.countyhub.imaging.remote.FhirFilmReports;
import org.countyhub.imaging.remote.FhirPatients;
import org.countyhub.imaging.remote.FhirPublisher;
import org.countyhub.imaging.remote.FhirWorklist;
import org.countyhub.imaging.remote.LateArrivals;
import org.countyhub.imaging.remote.PublishedAs;
import org.countyhub.imaging.store.Housekeeping;
import org.countyhub.imaging.store.Mover;
import org.countyhub.imaging.store.OrphanSweep;
import org.countyhub.imaging.store.PgFilmStore;
import org.countyhub.imaging.store.PgLifecycleStore;
import org.countyhub.imaging.store.PgProcedureStepStore;
import org.countyhub.imaging.store.PgQuarantineStore;
import org.countyhub.imaging.store.PgQueryStore;
import org.countyhub.imaging.store.PgReadingStore;
import org.countyhub.imaging.store.PgRemovalStore;
import org.countyhub.imaging.store.PgStudyStore;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.Coercion;
import org.countyhub.imaging.study.Ingest;
import org.countyhub.imaging.study.InstanceReader;
import org.countyhub.imaging.study.PatientDirectory;
import org.countyhub.imaging.study.Sender;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.StudyStore;
import org.countyhub.imaging.study.lifecycle.Completeness;
import org.countyhub.imaging.study.lifecycle.LifecycleStore;
import org.countyhub.imaging.study.lifecycle.QuietTimes;
import org.countyhub.imaging.study.lifecycle.RemovalStore;
import org.countyhub.imaging.study.lifecycle.Retention;
import org.countyhub.imaging.study.lifecycle.RetentionPolicy;
import org.countyhub.imaging.study.lifecycle.RetentionPolicyFile;
import org.countyhub.imaging.study.lifecycle.StudyDecisions;
import org.countyhub.imaging.study.lifecycle.StudyRemoval;
import org.countyhub.imaging.study.outgoing.MediaArchive;
import org.countyhub.imaging.study.outgoing.OutgoingInstances;
import org.countyhub.imaging.study.query.QueryStore;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Settings;

/** The composition root: the one place that knows which store stands behind which port. */
final class ImagingServer implements AutoCloseable {
    private static final String AE_TITLE = "COUNTYHUB";
    /** So that who reads and writes meanwhile is not held up. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Db db;
    private final Clock clock;
    private final Peers peers;
    private final ImageStorage storage;
    private final BlobStore blobs;
    private final StudyStore studies;
    private final QueryStore queries;
    private final Ingest ingest;
    private final QuarantineService quarantine;
    private final FilmStore films;
    private final ReadingStore readings;
    private final FhirClient fhir;
    private final PatientDirectory patients;
    private final OutgoingInstances outgoing;
    private final PublishedAs as;
    private final Optional<Entitlement> entitlement;
    private final FhirPublisher publisher;
    private final LateArrivals lateArrivals;
    private final List<Consumer<String>> completed = new CopyOnWriteArrayList<>();
    private final Completeness completeness;
    private final StudyDecisions decisions;
    private final StudyRemoval removal;
    private final Housekeeping housekeeping;

    /**
     * Puts the bridge together and starts what runs beside requests.
     *
     * @param pool on a migrated database
     */
    ImagingServer(Settings settings, HikariDataSource pool, Peers peers, Clock clock) throws IOException {
        this.db = new Db(pool);
        this.clock = clock;
        this.peers = peers;
        Function<String, Source> sources = sources(peers);
        storage = new ImageStorage(settings, clock);
        blobs = storage.tiers();
        studies = new PgStudyStore(db, sources);
        queries = new PgQueryStore(db);
        InstanceReader reader = new InstanceReader(blobs);
        ingest = new Ingest(studies, blobs, reader, clock);
        quarantine = new QuarantineService(db, new PgQuarantineStore(db), studies, blobs, reader, sources, clock);
        films = new PgFilmStore(db);
        readings = new PgReadingStore(db);
        fhir = FhirClient.of(settings);
        patients = new FhirPatients(fhir);
        outgoing = new OutgoingInstances(studies, blobs, patients, Coercion.HUB, clock);
        as = PublishedAs.of(settings);
        entitlement = entitlement(as.zone());
        QuietTimes quiet = QuietTimes.configured(settings);
        publisher = new FhirPublisher(studies, fhir, as, clock, quiet.publish());
        lateArrivals = new LateArrivals(fhir, clock);
        publisher.start();
        lateArrivals.start();
        LifecycleStore lifecycle = new PgLifecycleStore(db);
        completeness = new Completeness(
                db,
                lifecycle,
                quiet,
                clock,
                List.of(completion -> completed.forEach(listener -> listener.accept(completion.studyUid()))));
        decisions = new StudyDecisions(db, lifecycle, clock);
        RemovalStore removals = new PgRemovalStore(db);
        removal = new StudyRemoval(db, removals, blobs, clock);
        RetentionPolicy policy = policy(settings, peers);
        housekeeping = new Housekeeping(
                completeness,
                new OrphanSweep(db, blobs, storage.listings(), storage.directory(), PAUSE),
                new Mover(db, storage.tiers(), policy, removals, PAUSE),
                new Retention(policy, removals, removal),
                removal,
                new FilmRetention(
                        films,
                        readings::remove,
                        settings.number("HUB_FILM_VIEW_YEARS", FilmRetention.DEFAULT_YEARS, 1, 100),
                        PAUSE),
                clock);
    }

    private static RetentionPolicy policy(Settings settings, Peers peers) {
        String file = settings.text("HUB_IMAGING_POLICY", "");
        return file.isEmpty()
                ? RetentionPolicy.KEEP
                : RetentionPolicyFile.read(Path.of(file), id -> peers.sources().stream()
                        .anyMatch(source -> source.id().equals(id)));
    }

    /** What is to know, from now on, of studies that are complete; by their UIDs. */
    void whenComplete(Consumer<String> listener) {
        completed.add(listener);
    }

    StudyDecisions decisions() {
        return decisions;
    }

    /** All of them, those in error too. */
    StudyStore studies() {
        return studies;
    }

    BlobStore blobs() {
        return blobs;
    }

    ReadingStore readings() {
        return readings;
    }

    StudyRemoval removal() {
        return removal;
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
        return new DicomWeb.Ports(
                ingest, studies, queries, blobs, patients, outgoing, this::client, entitlement, List.of(as.dicomweb()));
    }

    /** Who may look at what, where the file of peers says so. */
    private Optional<Entitlement> entitlement(ZoneId zone) {
        return peers.readers()
                .map(rules -> new Entitlement(
                        rules,
                        peers.sources(),
                        new Entitlement.Ports(
                                studies.shown(),
                                queries,
                                patients,
                                new FhirCareRecord(fhir, rules.roles(), zone, clock),
                                readings,
                                as.zone(),
                                clock)));
    }

    /** What cloud film works with. */
    Film.Ports film() {
        return new Film.Ports(
                new FilmService(db, films, studies.shown(), queries, patients, clock),
                new FhirFilmReports(fhir),
                studies.shown(),
                new MediaArchive(outgoing, blobs),
                entitlement,
                as.film(),
                as.zone(),
                clock);
    }

    private Optional<Clients.Client> client(String name, InetAddress address) {
        return peers.device(name, address, null) instanceof Peers.Known known
                ? Optional.of(new Clients.Client(
                        new Sender(known.device().source(), name, address.getHostAddress()),
                        known.device().may()))
                : Optional.empty();
    }

    /** What the services over associations work with. */
    DimseServer.Parts dimse() {
        ZoneId zone = as.zone();
        return new DimseServer.Parts(
                peers,
                ingest,
                studies,
                queries,
                patients,
                outgoing,
                Coercion.HUB,
                db,
                new PgProcedureStepStore(db),
                new FhirWorklist(fhir, patients, zone),
                completeness::evidence,
                clock);
    }

    /** Stops what runs beside requests; what was taken in is on record before. */
    @Override
    public void close() {
        housekeeping.close();
        lateArrivals.close();
        publisher.close();
        ingest.close();
        fhir.close();
        storage.close();
    }
}

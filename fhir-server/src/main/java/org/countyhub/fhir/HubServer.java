package org.countyhub.fhir;

import ca.uhn.fhir.context.FhirContext;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.countyhub.fhir.disclosure.DisclosureLog;
import org.countyhub.fhir.hl7v2.Hl7v2Receiver;
import org.countyhub.fhir.hl7v2.adt.AdtService;
import org.countyhub.fhir.hl7v2.mllp.MessageReceiver;
import org.countyhub.fhir.hl7v2.sender.Senders;
import org.countyhub.fhir.http.FhirApi;
import org.countyhub.fhir.http.FhirServlet;
import org.countyhub.fhir.identity.DemographicsReader;
import org.countyhub.fhir.identity.code.InsuranceTokens;
import org.countyhub.fhir.identity.code.KeyStoreRootKey;
import org.countyhub.fhir.identity.code.RootKey;
import org.countyhub.fhir.identity.estimate.Bounds;
import org.countyhub.fhir.identity.estimate.CountyMatching;
import org.countyhub.fhir.identity.estimate.Estimator;
import org.countyhub.fhir.identity.feed.PatientFeed;
import org.countyhub.fhir.identity.link.Exposures;
import org.countyhub.fhir.identity.link.FirstLinking;
import org.countyhub.fhir.identity.link.PersonDirectory;
import org.countyhub.fhir.identity.link.PersonLinks;
import org.countyhub.fhir.identity.link.PersonSearch;
import org.countyhub.fhir.identity.link.PersonStewardship;
import org.countyhub.fhir.identity.link.Rematching;
import org.countyhub.fhir.identity.match.MatchModel;
import org.countyhub.fhir.naming.NamingSystems;
import org.countyhub.fhir.resource.LocalReferences;
import org.countyhub.fhir.search.index.IndexExtractor;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.search.parse.SearchParser;
import org.countyhub.fhir.store.BodyCodec;
import org.countyhub.fhir.store.Database;
import org.countyhub.fhir.store.PersonNews;
import org.countyhub.fhir.store.PgBacklog;
import org.countyhub.fhir.store.PgDecisionJournal;
import org.countyhub.fhir.store.PgDisclosureStore;
import org.countyhub.fhir.store.PgFeedJournal;
import org.countyhub.fhir.store.PgModelStore;
import org.countyhub.fhir.store.PgPersonStore;
import org.countyhub.fhir.store.PgRematchStore;
import org.countyhub.fhir.store.PgResourceStore;
import org.countyhub.fhir.store.PgResourceWriter;
import org.countyhub.fhir.store.PgSearchStore;
import org.countyhub.fhir.store.TypeIds;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.fhir.structure.ResourceParser;
import org.countyhub.fhir.structure.StructureWalk;
import org.countyhub.fhir.transaction.CriteriaParser;
import org.countyhub.fhir.transaction.TransactionService;
import org.countyhub.fhir.transaction.WritePolicy;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Settings;
import org.jspecify.annotations.Nullable;

/**
 * The composition root: the one place that knows which store stands behind which port. Without any framework, so that
 * tests put the server together the way production does.
 */
public final class HubServer implements AutoCloseable {
    private static final int RECORDING_TIMEOUT_MILLIS = 60_000;

    private final Db db;
    private final FhirContext context;
    private final Definitions definitions;
    private final SearchParameters parameters;
    private final PgResourceStore resources;
    private final PgSearchStore search;
    private final NamingSystems systems;
    private final TransactionService transactions;
    private final PersonLinks persons;
    private final PersonDirectory directory;
    private final PersonNews news;
    private final SearchParser searchParser;
    private final PersonStewardship stewardship;
    private final CountyMatching matching;
    private final Rematching rematching;
    private final ZoneId zone;
    private final Clock clock;
    private @Nullable Nightly nightly;
    private final HikariDataSource recording;
    private final DisclosureLog disclosures;
    private final FirstLinking firstLinking;
    private final FhirApi api;

    /**
     * Puts the server together.
     *
     * @param source a pool on a migrated database
     * @param recorded how long it is kept who was answered about whom, and what may wait to be
     * @param bases the addresses under which clients know the server, without trailing slashes; the first is the usual one
     */
    public HubServer(
            HikariDataSource source, List<String> bases, WritePolicy policy, ZoneId zone, Clock clock, Limits limits) {
        this(source, bases, policy, zone, clock, limits, Cards.NONE, DisclosureLog.Bounds.DEFAULT);
    }

    /**
     * The same with what is needed for cards that tell nothing by themselves, and for the record of who was answered.
     *
     * @param cards the key of e-health cards and the platform of e-vouchers
     * @param recorded how much of that record waits for how long, and how long it is kept
     */
    public HubServer(
            HikariDataSource source,
            List<String> bases,
            WritePolicy policy,
            ZoneId zone,
            Clock clock,
            Limits limits,
            Cards cards,
            DisclosureLog.Bounds recorded) {
        this.zone = zone;
        this.clock = clock;
        db = new Db(source);
        context = FhirContext.forR4Cached();
        definitions = new Definitions(context);
        parameters = new SearchParameters(context, definitions);
        LocalReferences local = new LocalReferences(bases);
        TypeIds types = new TypeIds(db, definitions.resourceTypes());
        BodyCodec codec = new BodyCodec();
        IndexExtractor extractor = new IndexExtractor(parameters, definitions, zone);
        resources = new PgResourceStore(
                db,
                types,
                codec,
                parameters,
                new PgResourceWriter(db, types, codec, extractor, parameters, new StructureWalk(definitions), local));
        search = new PgSearchStore(db, types, codec, parameters);
        systems = new NamingSystems(resources, new ResourceParser(definitions));
        searchParser = new SearchParser(parameters, definitions, systems, local, zone, clock);
        transactions = new TransactionService(
                db, resources, search, new CriteriaParser(searchParser), definitions, systems, local, policy, clock);
        transactions.afterCommit(systems::committed);
        Settings.Database database =
                new Settings.Database(source.getJdbcUrl(), source.getUsername(), source.getPassword());
        recording = Database.pool(database, 2, RECORDING_TIMEOUT_MILLIS);
        disclosures = DisclosureLog.start(new PgDisclosureStore(db, new Db(recording), types), clock, recorded);
        PgPersonStore personStore = new PgPersonStore(db, types, codec, parameters);
        PgDecisionJournal journal = new PgDecisionJournal(db, types, parameters);
        persons = new PersonLinks(
                personStore,
                journal,
                new Exposures(personStore, journal, new ResourceParser(definitions), resources, disclosures),
                new ResourceParser(definitions),
                new DemographicsReader(systems),
                MatchModel.start());
        transactions.follow(persons);
        rematching = new Rematching(
                persons, new PgRematchStore(db, types, codec, parameters), resources, transactions, local);
        PgModelStore modelStore = new PgModelStore(db, types, codec);
        matching = new CountyMatching(
                modelStore,
                new Estimator(
                        modelStore,
                        personStore,
                        new ResourceParser(definitions),
                        new DemographicsReader(systems),
                        Bounds.DEFAULT,
                        clock),
                persons,
                rematching,
                clock);
        matching.reload();
        directory = new PersonDirectory(personStore, systems);
        stewardship = new PersonStewardship(persons, resources, transactions);
        transactions.afterCommit(directory::committed);
        news = PersonNews.start(database, directory, matching::reload);
        systems.reload();
        firstLinking = FirstLinking.start(new PgBacklog(db, types), persons, resources, transactions);
        api = new FhirApi(new FhirApi.Parts(
                bases,
                context,
                definitions,
                parameters,
                resources,
                search,
                searchParser,
                transactions,
                local,
                directory,
                new PersonSearch(persons, personStore),
                stewardship,
                matching,
                new PatientFeed(transactions, resources, new ResourceParser(definitions), new PgFeedJournal(db)),
                systems,
                cards.healthCardKey(),
                cards.insuranceTokens(),
                disclosures,
                policy,
                zone,
                clock,
                Database.secret(db, "page-link"),
                limits.maxBodyBytes(),
                limits.maxTotalBodyBytes(),
                limits.maxAnswerBytes(),
                limits.maxTotalAnswerBytes()));
    }

    /** Begins with what would keep the first clients waiting, beside the rest of the start. */
    public void prepare() {
        api.prepare();
    }

    /** The root key of e-health cards and the platform that knows e-vouchers, each where there is one. */
    public record Cards(Optional<RootKey> healthCardKey, Optional<InsuranceTokens> insuranceTokens) {
        public static final Cards NONE = new Cards(Optional.empty(), Optional.empty());

        /** As the switches say; see {@link KeyStoreRootKey#configured} and {@link InsuranceTokens#configured}. */
        public static Cards configured(Settings settings) {
            return new Cards(KeyStoreRootKey.configured(settings), InsuranceTokens.configured(settings));
        }
    }

    /**
     * How much requests and answers may hold in memory.
     *
     * @param maxBodyBytes the largest body of a request
     * @param maxTotalBodyBytes all bodies in work together
     * @param maxAnswerBytes the largest Bundle answered with; a page of a search or a history ends at half of it
     * @param maxTotalAnswerBytes all answers in work together, with the copies that are made of them
     */
    public record Limits(int maxBodyBytes, int maxTotalBodyBytes, int maxAnswerBytes, long maxTotalAnswerBytes) {
        private static final int MEGABYTE = 1024 * 1024;

        /**
         * Bodies in work take at most this part of the heap as they are sent, because until the commit each takes about eight
         * times that: measured on Bundles of 12,000 to 19,000 small resources, with their trees, drafts and index rows.
         */
        private static final int HEAP_SHARE = 16;

        public static final Limits DEFAULT = new Limits(64 * MEGABYTE, 128 * MEGABYTE);

        /**
         * Answers of 32 MB, and a quarter of the heap for all of them.
         *
         * @param maxTotalBodyBytes less where the heap has no room for so much
         */
        public Limits(int maxBodyBytes, int maxTotalBodyBytes) {
            this(
                    maxBodyBytes,
                    (int) Math.min(maxTotalBodyBytes, Runtime.getRuntime().maxMemory() / HEAP_SHARE),
                    32 * MEGABYTE,
                    Runtime.getRuntime().maxMemory() / 4);
        }
    }

    /** The servlet that answers at the FHIR base. */
    public FhirServlet servlet() {
        return new FhirServlet(context, api);
    }

    /** What HL7 v2 messages of these senders are handed to. */
    public MessageReceiver hl7v2(Senders senders) {
        AdtService adt = new AdtService(
                transactions, stewardship, searchParser, search, new ResourceParser(definitions), zone, clock);
        return new Hl7v2Receiver(senders, adt, zone, clock);
    }

    /** Has the model estimated, and patients matched again, every night at this time. */
    public void everyNight(LocalTime at) {
        nightly = Nightly.start(at, zone, clock, matching::nightly);
    }

    /** Stops what runs beside requests. */
    @Override
    public void close() {
        matching.close();
        if (nightly != null) {
            nightly.close();
        }
        firstLinking.close();
        news.close();
        disclosures.close();
        recording.close();
    }

    public PersonDirectory persons() {
        return directory;
    }

    public Rematching rematching() {
        return rematching;
    }

    public CountyMatching matching() {
        return matching;
    }

    public DisclosureLog disclosures() {
        return disclosures;
    }

    public Db db() {
        return db;
    }

    public NamingSystems namingSystems() {
        return systems;
    }
}

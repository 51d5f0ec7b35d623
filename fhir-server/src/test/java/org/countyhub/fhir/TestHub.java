package org.countyhub.fhir;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.countyhub.fhir.disclosure.DisclosureLog;
import org.countyhub.fhir.store.Database;
import org.countyhub.fhir.transaction.WritePolicy;
import org.countyhub.kernel.Settings;
import org.countyhub.kernel.TestDatabase;
import org.springframework.util.FileSystemUtils;

/**
 * The server as tests use it: the real composition on a database of its own, behind a real Tomcat on a free loopback
 * port. Starts in a fraction of a second; one for each test class.
 */
public final class TestHub implements AutoCloseable {
    private static final int POOL_SIZE = 16;
    private static final int STATEMENT_TIMEOUT_MILLIS = 60_000;

    /** Removed with the run and not before, since every Tomcat makes the directory of the first one anew. */
    private static final Path TOMCATS = temporary();

    private final TestDatabase database;
    /** Whether the database goes with this server. */
    private final boolean owner;

    private final HikariDataSource pool;
    private final HubServer server;
    private final Tomcat tomcat;
    private final HttpClient http = HttpClient.newHttpClient();

    private TestHub(TestDatabase database, boolean owner, HikariDataSource pool, HubServer server, Tomcat tomcat) {
        this.database = database;
        this.owner = owner;
        this.pool = pool;
        this.server = server;
        this.tomcat = tomcat;
    }

    private static Path temporary() {
        try {
            Path directory = Files.createTempDirectory("hub-test");
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(directory.toFile())));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static TestHub start() {
        return start(WritePolicy.STRICT, Clock.systemUTC(), HubServer.Limits.DEFAULT);
    }

    /** A second server on the database of the first, which has to outlive it. */
    public static TestHub startBeside(TestHub first) {
        return startBeside(first, DisclosureLog.Bounds.DEFAULT);
    }

    /** The same with other bounds on what waits to be recorded. */
    public static TestHub startBeside(TestHub first, DisclosureLog.Bounds recorded) {
        return start(
                first.database,
                false,
                WritePolicy.STRICT,
                Clock.systemUTC(),
                HubServer.Limits.DEFAULT,
                recorded,
                List.of("http://hub.test/fhir"));
    }

    public static TestHub start(WritePolicy policy, Clock clock, HubServer.Limits limits) {
        return start(policy, clock, limits, List.of("http://hub.test/fhir"));
    }

    /** A server with the key of e-health cards and the platform of e-vouchers that these switches name. */
    public static TestHub startWith(Map<String, String> switches) {
        return startWith(HubServer.Cards.configured(new Settings(switches)));
    }

    public static TestHub startWith(HubServer.Cards cards) {
        return start(
                TestDatabase.create("fhir", Database::migrate),
                true,
                WritePolicy.STRICT,
                Clock.systemUTC(),
                HubServer.Limits.DEFAULT,
                DisclosureLog.Bounds.DEFAULT,
                List.of("http://hub.test/fhir"),
                cards);
    }

    /** A server that is known by other addresses as well. */
    public static TestHub startAt(String... bases) {
        return start(WritePolicy.STRICT, Clock.systemUTC(), HubServer.Limits.DEFAULT, List.of(bases));
    }

    private static TestHub start(WritePolicy policy, Clock clock, HubServer.Limits limits, List<String> otherBases) {
        return start(
                TestDatabase.create("fhir", Database::migrate),
                true,
                policy,
                clock,
                limits,
                DisclosureLog.Bounds.DEFAULT,
                otherBases);
    }

    private static TestHub start(
            TestDatabase database,
            boolean owner,
            WritePolicy policy,
            Clock clock,
            HubServer.Limits limits,
            DisclosureLog.Bounds recorded,
            List<String> otherBases) {
        return start(database, owner, policy, clock, limits, recorded, otherBases, HubServer.Cards.NONE);
    }

    private static TestHub start(
            TestDatabase database,
            boolean owner,
            WritePolicy policy,
            Clock clock,
            HubServer.Limits limits,
            DisclosureLog.Bounds recorded,
            List<String> otherBases,
            HubServer.Cards cards) {
        HikariDataSource pool = Database.pool(database.settings(), POOL_SIZE, STATEMENT_TIMEOUT_MILLIS);
        try {
            Tomcat tomcat = new Tomcat();
            tomcat.setBaseDir(Files.createTempDirectory(TOMCATS, "hub").toString());
            Connector connector = new Connector();
            connector.setPort(0);
            connector.setProperty("address", "127.0.0.1");
            connector.setProperty("maxHttpRequestHeaderSize", "65536");
            connector.setProperty("relaxedQueryChars", "|{}[]^<>\"\\`");
            tomcat.setConnector(connector);
            // Binds the port, which the server must know as one of its addresses.
            tomcat.init();
            List<String> bases = new ArrayList<>(List.of("http://127.0.0.1:" + connector.getLocalPort() + "/fhir"));
            bases.addAll(otherBases);
            HubServer server =
                    new HubServer(pool, bases, policy, ZoneId.of("Asia/Shanghai"), clock, limits, cards, recorded);
            var context = tomcat.addContext("", null);
            Tomcat.addServlet(context, "fhir", server.servlet()).setLoadOnStartup(1);
            context.addServletMappingDecoded("/fhir/*", "fhir");
            OutcomeErrorValve.reportFor(context.getParent());
            tomcat.start();
            return new TestHub(database, owner, pool, server, tomcat);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    public HubServer server() {
        return server;
    }

    /** The connections that the server uses, with the settings of production. */
    public HikariDataSource pool() {
        return pool;
    }

    /** The database, past the server. */
    public TestDatabase database() {
        return database;
    }

    /** The FHIR base address, without a trailing slash. */
    public String base() {
        return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/fhir";
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public HttpResponse<String> post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    public HttpResponse<String> put(String path, String body, String... headers) {
        return send("PUT", path, body, headers);
    }

    public HttpResponse<String> delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    /** Sends a request; the body is FHIR JSON unless a Content-Type header says otherwise. */
    public HttpResponse<String> send(
            String method, String path, @org.jspecify.annotations.Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path.replace("|", "%7C")))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null && !List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/fhir+json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
        http.close();
        server.close();
        pool.close();
        if (owner) {
            database.close();
        }
    }
}

package org.countyhub.imaging;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.countyhub.imaging.dicom.net.NetLimits;
import org.countyhub.imaging.dicom.net.Tls;
import org.countyhub.imaging.dicomweb.DicomWeb;
import org.countyhub.imaging.dimse.DimseServer;
import org.countyhub.imaging.filmweb.Film;
import org.countyhub.imaging.pages.Pages;
import org.countyhub.imaging.peers.Peers;
import org.countyhub.imaging.peers.PeersFile;
import org.countyhub.imaging.steward.QuarantineEndpoint;
import org.countyhub.imaging.steward.Refusals;
import org.countyhub.imaging.steward.StudyEndpoint;
import org.countyhub.imaging.store.Database;
import org.countyhub.kernel.HubDatabase;
import org.countyhub.kernel.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** From settings to a running application. */
@Configuration(proxyBeanMethods = false)
@Import({DicomWeb.class, Film.class, Pages.class})
class Wiring {
    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);
    private static final int STATEMENT_TIMEOUT_MILLIS = 60_000;

    @Bean
    Settings settings() {
        return new Settings(System.getenv());
    }

    @Bean
    HubDatabase database(Settings settings) {
        HubDatabase database = HubDatabase.open(settings);
        Database.migrate(database.address());
        return database;
    }

    @Bean
    HikariDataSource pool(Settings settings, HubDatabase database) {
        return Database.pool(
                database.address(), settings.number("HUB_IMAGING_DB_POOL", 12, 4, 100), STATEMENT_TIMEOUT_MILLIS);
    }

    /** Who takes part: those of the file, or anybody on this machine. */
    @Bean
    Peers peers(Settings settings) {
        String file = settings.text("HUB_IMAGING_PEERS", "");
        if (file.isEmpty()) {
            LOG.warn(
                    "HUB_IMAGING_PEERS names no file: any AE title may call from this machine, and none from elsewhere");
            return new Peers.Loopback();
        }
        Peers peers = PeersFile.read(Path.of(file));
        if (peers.readers().isEmpty()) {
            LOG.warn("{} names no readers: whoever reaches /dicomweb and /view may look at every study", file);
        }
        return peers;
    }

    @Bean
    ImagingServer imagingServer(Settings settings, HikariDataSource pool, Peers peers) throws IOException {
        return new ImagingServer(settings, pool, peers, Clock.systemUTC());
    }

    @Bean
    DicomWeb.Ports dicomWebPorts(ImagingServer server) {
        return server.dicomWeb();
    }

    @Bean
    Film.Ports filmPorts(ImagingServer server) {
        return server.film();
    }

    @Bean
    QuarantineEndpoint quarantine(ImagingServer server) {
        return new QuarantineEndpoint(server.quarantine());
    }

    @Bean
    StudyEndpoint studies(ImagingServer server) {
        return new StudyEndpoint(
                server.decisions(), server.removal(), server.studies(), server.blobs(), server.readings());
    }

    @Bean
    Refusals refusals() {
        return new Refusals();
    }

    /** The DIMSE edge, listening. */
    @Bean
    DimseServer dimse(Settings settings, ImagingServer server) throws IOException {
        Optional<Tls> tls = tls(settings);
        DimseServer dimse = new DimseServer(server.aeTitle(), NetLimits.DEFAULT, server.dimse(), tls.orElse(null));
        server.whenComplete(dimse::complete);
        InetAddress bind = InetAddress.getByName(settings.text("HUB_BIND", "127.0.0.1"));
        int port = dimse.listen(bind, settings.number("HUB_DICOM_PORT", 11_112, 0, 65_535));
        LOG.info("DIMSE {}@{}:{}", server.aeTitle(), bind.getHostAddress(), port);
        if (tls.isPresent()) {
            int secure = dimse.listenSecurely(bind, settings.number("HUB_DICOM_TLS_PORT", 2_762, 0, 65_535));
            LOG.info("DIMSE by TLS {}@{}:{}", server.aeTitle(), bind.getHostAddress(), secure);
        }
        return dimse;
    }

    private static Optional<Tls> tls(Settings settings) {
        String keyStore = settings.text("HUB_DICOM_KEY_STORE", "");
        if (keyStore.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Tls.of(
                Path.of(keyStore),
                settings.text("HUB_DICOM_KEY_STORE_PASSWORD", "").toCharArray(),
                Path.of(settings.text("HUB_DICOM_TRUST_STORE", keyStore)),
                settings.text("HUB_DICOM_TRUST_STORE_PASSWORD", "").toCharArray()));
    }

    @Bean
    HealthIndicator databaseHealth(HikariDataSource pool) {
        return () -> {
            try (var connection = pool.getConnection()) {
                return connection.isValid(2)
                        ? Health.up().build()
                        : Health.down().build();
            } catch (java.sql.SQLException e) {
                return Health.down()
                        .withDetail("error", "no connection to the database")
                        .build();
            }
        };
    }
}

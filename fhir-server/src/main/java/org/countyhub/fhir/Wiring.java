package org.countyhub.fhir;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.countyhub.fhir.disclosure.DisclosureLog;
import org.countyhub.fhir.hl7v2.mllp.MllpLimits;
import org.countyhub.fhir.hl7v2.mllp.MllpServer;
import org.countyhub.fhir.hl7v2.sender.SendersFile;
import org.countyhub.fhir.http.FhirServlet;
import org.countyhub.fhir.store.Database;
import org.countyhub.fhir.transaction.WritePolicy;
import org.countyhub.kernel.HubDatabase;
import org.countyhub.kernel.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.filter.RequestContextFilter;

/** From settings to a running application. */
@Configuration(proxyBeanMethods = false)
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
        return Database.pool(database.address(), settings.number("HUB_DB_POOL", 16, 2, 200), STATEMENT_TIMEOUT_MILLIS);
    }

    @Bean
    HubServer hubServer(Settings settings, HikariDataSource pool) {
        WritePolicy policy = new WritePolicy(
                settings.flag("HUB_ALLOW_MISSING_REFERENCES", false),
                settings.flag("HUB_ALLOW_REFERENCED_DELETES", false),
                settings.flag("HUB_ALLOW_MULTIPLE_DELETES", false));
        int megabyte = 1024 * 1024;
        HubServer.Limits limits = new HubServer.Limits(
                settings.number("HUB_MAX_BODY_MB", 64, 1, 512) * megabyte,
                settings.number("HUB_MAX_BODIES_MB", 128, 1, 1024) * megabyte);
        if (settings.text("HUB_INSURANCE_TOKENS", "").equals("sandbox")) {
            LOG.warn("e-vouchers are those of the sandbox: whoever knows an insurance number can make its token");
        }
        HubServer server = new HubServer(
                pool,
                bases(settings),
                policy,
                ZoneId.of(settings.text("HUB_TIME_ZONE", "Asia/Shanghai")),
                Clock.systemUTC(),
                limits,
                HubServer.Cards.configured(settings),
                DisclosureLog.Bounds.DEFAULT.keeping(settings.number("HUB_DISCLOSURE_MONTHS", 36, 6, 1_200)));
        server.prepare();
        nightly(settings).ifPresent(server::everyNight);
        return server;
    }

    /** What listens for HL7 v2; nothing does where nobody is named who may send. */
    record Mllp(Optional<MllpServer> server) implements AutoCloseable {
        @Override
        public void close() {
            server.ifPresent(MllpServer::close);
        }
    }

    @Bean
    Mllp mllp(Settings settings, HubServer server) throws IOException {
        int port = settings.number("HUB_MLLP_PORT", 2575, 0, 65_535);
        String senders = settings.text("HUB_MLLP_SENDERS", "");
        if (port == 0 || senders.isEmpty()) {
            return new Mllp(Optional.empty());
        }
        InetAddress bind = InetAddress.getByName(settings.text("HUB_BIND", "127.0.0.1"));
        return new Mllp(Optional.of(
                MllpServer.start(bind, port, MllpLimits.DEFAULT, server.hl7v2(SendersFile.read(Path.of(senders))))));
    }

    /** HUB_NIGHTLY; off when it is empty. */
    private static Optional<LocalTime> nightly(Settings settings) {
        String sent = settings.text("HUB_NIGHTLY", "");
        try {
            return sent.isEmpty() ? Optional.empty() : Optional.of(LocalTime.parse(sent));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("HUB_NIGHTLY must be a time such as 02:30 but is " + sent, e);
        }
    }

    private static List<String> bases(Settings settings) {
        String port = settings.text("HUB_HTTP_PORT", "8080");
        String sent =
                settings.text("HUB_BASE_URLS", "http://localhost:" + port + "/fhir,http://127.0.0.1:" + port + "/fhir");
        List<String> bases = Arrays.stream(sent.split(","))
                .map(base -> base.strip().replaceFirst("/+$", ""))
                .filter(base -> !base.isEmpty())
                .toList();
        if (bases.isEmpty() || !bases.stream().allMatch(base -> base.matches("https?://[^/?#\\s]+(/[^?#\\s]*)?"))) {
            throw new IllegalArgumentException(
                    "HUB_BASE_URLS must be http or https addresses, separated by commas, but is " + sent);
        }
        return bases;
    }

    @Bean
    ServletRegistrationBean<FhirServlet> fhir(HubServer server) {
        ServletRegistrationBean<FhirServlet> registration = new ServletRegistrationBean<>(server.servlet(), "/fhir/*");
        registration.setName("fhir");
        registration.setLoadOnStartup(1);
        return registration;
    }

    @Bean
    FirstAnswers firstAnswers(ServletWebServerApplicationContext application) {
        return new FirstAnswers(application);
    }

    /** Errors that no servlet gets to see, told as OperationOutcomes too. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> outcomes() {
        return factory -> factory.addContextCustomizers(context -> OutcomeErrorValve.reportFor(context.getParent()));
    }

    /**
     * Cross-origin requests, from the origins that the county names; none by default. The server's own pages stay among the
     * allowed ones: behind a gateway, where the request names another host, they look as if they came from elsewhere.
     */
    @Bean
    FilterRegistrationBean<CorsFilter> cors(Settings settings) {
        String origins = settings.text("HUB_CORS_ORIGINS", "");
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        CorsConfiguration cors = new CorsConfiguration();
        List<String> allowed = new ArrayList<>(Arrays.asList(origins.split("\\s*,\\s*")));
        bases(settings).forEach(base -> {
            URI address = URI.create(base);
            allowed.add(address.getScheme() + "://" + address.getAuthority());
        });
        cors.setAllowedOrigins(allowed);
        cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"));
        cors.setAllowedHeaders(List.of("*"));
        cors.setExposedHeaders(List.of("Location", "Content-Location", "ETag", "Last-Modified"));
        // Matched against what follows the path of the servlet, so that is named below instead.
        source.registerCorsConfiguration("/**", cors);
        FilterRegistrationBean<CorsFilter> registration = new FilterRegistrationBean<>(new CorsFilter(source));
        registration.addUrlPatterns("/fhir/*");
        registration.setEnabled(!origins.isEmpty());
        return registration;
    }

    /** Left out: it tells beans of the request that is being answered, and none here asks. */
    @Bean
    FilterRegistrationBean<RequestContextFilter> noRequestContext() {
        FilterRegistrationBean<RequestContextFilter> registration =
                new FilterRegistrationBean<>(new RequestContextFilter());
        registration.setEnabled(false);
        return registration;
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

package org.countyhub.imaging.filmweb;

import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import org.countyhub.imaging.access.Entitlement;
import org.countyhub.imaging.film.FilmReports;
import org.countyhub.imaging.film.FilmService;
import org.countyhub.imaging.study.StudyStore;
import org.countyhub.imaging.study.outgoing.MediaArchive;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Cloud film below {@code /film}. Import it where a {@link Ports} bean is made. */
@Configuration(proxyBeanMethods = false)
public class Film {
    /**
     * What it speaks for.
     *
     * @param entitlement who may look at what; empty where whoever is let through may look at everything
     * @param base the address of {@code /film} as patients' browsers reach it, without a slash at its end
     */
    public record Ports(
            FilmService films,
            FilmReports reports,
            StudyStore studies,
            MediaArchive archive,
            Optional<Entitlement> entitlement,
            String base,
            ZoneId zone,
            Clock clock) {}

    @Bean
    FilmEndpoint film(Ports ports) {
        return new FilmEndpoint(
                ports.films(), new Issuers(ports.entitlement()), new SelfTest(ports.films()), ports.base());
    }

    @Bean
    FilmOperation filmOperation(FilmEndpoint film) {
        return new FilmOperation(film);
    }

    @Bean
    Visits filmVisits(Ports ports) {
        return new Visits(ports.films());
    }

    @Bean
    Pages filmPages(Ports ports) {
        return new Pages(ports.zone());
    }

    @Bean
    FilmContent filmContent(Ports ports, Pages pages) {
        return new FilmContent(
                ports.films(), ports.reports(), new KeyImage(ports.studies()), new Contents(ports.studies()), pages);
    }

    @Bean
    SessionEndpoint filmSessions(Ports ports, Visits visits, FilmContent content) {
        boolean secure = ports.base().startsWith("https:");
        return new SessionEndpoint(ports.films(), visits, new Throttle(ports.clock()), content, secure, ports.clock());
    }

    @Bean
    PageEndpoint filmPage(Ports ports, Visits visits, FilmContent content, Pages pages) {
        return new PageEndpoint(ports.films(), ports.reports(), visits, content, pages);
    }

    @Bean
    ReportPdfEndpoint filmReportPdf(Ports ports, Visits visits) {
        return new ReportPdfEndpoint(
                ports.films(), ports.reports(), visits, new Contents(ports.studies()), ports.zone(), ports.clock());
    }

    @Bean
    DicomWebGate filmGate(Ports ports, Visits visits) {
        return new DicomWebGate(ports.films(), visits, ports.base());
    }

    @Bean
    OriginalsEndpoint filmOriginals(Ports ports, Visits visits) {
        return new OriginalsEndpoint(ports.films(), visits, ports.studies(), ports.archive());
    }

    @Bean
    Refusals filmRefusals() {
        return new Refusals();
    }
}

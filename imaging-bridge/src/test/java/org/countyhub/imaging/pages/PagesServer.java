package org.countyhub.imaging.pages;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.dicomweb.Clients;
import org.countyhub.imaging.dicomweb.DicomWeb;
import org.countyhub.imaging.study.Coercion;
import org.countyhub.imaging.study.PatientDirectory;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Sender;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.outgoing.OutgoingInstances;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/** Pages and DICOMweb as they are run: over HTTP on a port of their own, with a database and files of their own. */
final class PagesServer implements AutoCloseable {
    final Bridge bridge = new Bridge();
    final String base;
    private final ConfigurableApplicationContext context;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({DicomWeb.class, Pages.class})
    static class Application {}

    PagesServer() {
        DicomWeb.Ports ports = new DicomWeb.Ports(
                bridge.ingest,
                bridge.studies,
                bridge.queries,
                bridge.blobs,
                new Directory(),
                new OutgoingInstances(bridge.studies, bridge.blobs, new Directory(), Coercion.HUB, Clock.systemUTC()),
                (name, address) -> Optional.of(new Clients.Client(
                        new Sender(
                                name.equals("XIAMEI") ? Bridge.XIAMEI : Bridge.HAIDU, name, address.getHostAddress()),
                        true)),
                List.of("https://imaging.example.org/dicomweb"));
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(
                fresh -> ((GenericApplicationContext) fresh).registerBean(DicomWeb.Ports.class, () -> ports));
        context = application.run("--server.port=0", "--server.address=127.0.0.1");
        base = "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    /** Knows that two numbers are of one person, and nobody else but by the number that was asked for. */
    private static final class Directory implements PatientDirectory {
        private static final Set<PatientKey> PERSON = Set.of(
                new PatientKey(Bridge.HAIDU.patientSystem(), "P7"),
                new PatientKey(Bridge.XIAMEI.patientSystem(), "X9"));

        @Override
        public Set<PatientKey> patients(Source asking, @Nullable String issuer, String id) {
            return samePerson(new PatientKey(
                    issuer == null ? asking.patientSystem() : asking.issuers().getOrDefault(issuer, issuer), id));
        }

        @Override
        public Set<PatientKey> samePerson(PatientKey patient) {
            return PERSON.contains(patient) ? PERSON : Set.of(patient);
        }
    }

    @Override
    public void close() {
        context.close();
        bridge.close();
    }
}

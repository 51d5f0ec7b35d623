package org.countyhub.imaging.pages;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.access.CareRecord;
import org.countyhub.imaging.access.Entitlement;
import org.countyhub.imaging.dicomweb.Clients;
import org.countyhub.imaging.dicomweb.DicomWeb;
import org.countyhub.imaging.peers.AddressRange;
import org.countyhub.imaging.peers.Permission;
import org.countyhub.imaging.peers.Readers;
import org.countyhub.imaging.store.PgReadingStore;
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
        this(Optional.empty());
    }

    /** @param doctors what the record says, where only doctors may look */
    PagesServer(CareRecord doctors, Clock clock) {
        this(Optional.of(new Doctors(doctors, clock)));
    }

    private record Doctors(CareRecord record, Clock clock) {}

    private PagesServer(Optional<Doctors> doctors) {
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
                        doctors.isPresent() ? EnumSet.of(Permission.STORE) : EnumSet.allOf(Permission.class))),
                doctors.map(this::entitlement),
                List.of("https://imaging.example.org/dicomweb"));
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(
                fresh -> ((GenericApplicationContext) fresh).registerBean(DicomWeb.Ports.class, () -> ports));
        context = application.run("--server.port=0", "--server.address=127.0.0.1");
        base = "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    private Entitlement entitlement(Doctors doctors) {
        return new Entitlement(
                new Readers(List.of(AddressRange.of("127.0.0.0/8")), Set.of(Readers.DOCTOR), 30, Set.of()),
                List.of(Bridge.HAIDU, Bridge.XIAMEI),
                new Entitlement.Ports(
                        bridge.studies.shown(),
                        bridge.queries,
                        new Directory(),
                        doctors.record,
                        new PgReadingStore(bridge.db),
                        ZoneOffset.UTC,
                        doctors.clock));
    }

    /** Knows of two persons that two numbers are theirs, and nobody else but by the number that was asked for. */
    private static final class Directory implements PatientDirectory {
        private static final List<Set<PatientKey>> PERSONS = List.of(
                Set.of(
                        new PatientKey(Bridge.HAIDU.patientSystem(), "P7"),
                        new PatientKey(Bridge.XIAMEI.patientSystem(), "X9")),
                Set.of(
                        new PatientKey(Bridge.HAIDU.patientSystem(), "P8"),
                        new PatientKey(Bridge.XIAMEI.patientSystem(), "X8")));

        @Override
        public Set<PatientKey> patients(Source asking, @Nullable String issuer, String id) {
            return samePerson(new PatientKey(
                    issuer == null ? asking.patientSystem() : asking.issuers().getOrDefault(issuer, issuer), id));
        }

        @Override
        public Set<PatientKey> samePerson(PatientKey patient) {
            return PERSONS.stream()
                    .filter(person -> person.contains(patient))
                    .findFirst()
                    .orElse(Set.of(patient));
        }
    }

    @Override
    public void close() {
        context.close();
        bridge.close();
    }
}

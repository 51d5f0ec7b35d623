package org.countyhub.imaging.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.peers.Readers;
import org.countyhub.imaging.study.PatientDirectory;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.Study;
import org.countyhub.imaging.study.StudyStore;
import org.countyhub.imaging.study.query.Level;
import org.countyhub.imaging.study.query.Matching;
import org.countyhub.imaging.study.query.Query;
import org.countyhub.imaging.study.query.QueryStore;
import org.countyhub.imaging.study.query.Reach;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may look at what. A doctor on record sees the studies of the hospital that asks, and those of other hospitals of whoever is in its
 * care: has been examined by it lately, or is said to be by the county's record. What somebody may not see is answered like what is not there.
 *
 * <p>What the record says is remembered for half a minute and so is what follows from it, so that an end of care counts within a minute.
 */
public final class Entitlement {
    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final int MOST_REMEMBERED = 100_000;
    /** Whoever goes on looking is on record once an hour. */
    private static final Duration ONE_READING = Duration.ofHours(1);

    private static final DateTimeFormatter DA = DateTimeFormatter.BASIC_ISO_DATE;

    /**
     * What it goes by.
     *
     * @param studies those that are shown
     * @param zone in which StudyDate is a day
     */
    public record Ports(
            StudyStore studies,
            QueryStore queries,
            PatientDirectory patients,
            CareRecord record,
            ReadingStore readings,
            ZoneId zone,
            Clock clock) {}

    private record Sight(Reader reader, String studyUid) {}

    private record Care(Reader reader, Set<PatientKey> patients) {}

    /** Where a study comes from and whose it is, and why it may be seen, if it may. */
    private record Found(PatientKey patient, Optional<Ground> ground) {}

    private final Readers rules;
    private final List<Source> sources;
    private final Set<String> patientSystems;
    private final Ports ports;
    private final Cache<Reader, Boolean> practising;
    private final Cache<Care, Boolean> cared;
    private final Cache<Sight, Found> found;
    private final Cache<Sight, Boolean> recorded;

    /** @param sources the hospitals that take part */
    public Entitlement(Readers rules, List<Source> sources, Ports ports) {
        this.rules = rules;
        this.sources = List.copyOf(sources);
        patientSystems = sources.stream()
                .flatMap(source -> Stream.concat(Stream.of(source.patientSystem()), source.issuers().values().stream()))
                .collect(Collectors.toUnmodifiableSet());
        this.ports = ports;
        Ticker ticker =
                () -> Duration.between(Instant.EPOCH, ports.clock().instant()).toNanos();
        practising = remembering(REMEMBERED, ticker);
        cared = remembering(REMEMBERED, ticker);
        found = remembering(REMEMBERED, ticker);
        recorded = remembering(ONE_READING, ticker);
    }

    private static <K, V> Cache<K, V> remembering(Duration time, Ticker ticker) {
        return Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(time)
                .ticker(ticker)
                .build();
    }

    /** Whether what a request from there says of who asks is believed. */
    public boolean believes(InetAddress gateway) {
        return rules.gateways().stream().anyMatch(range -> range.contains(gateway));
    }

    /** Problem.Forbidden unless that is a doctor on record. */
    public void checkPractising(Reader reader) {
        if (!practising.get(reader, ports.record()::practises)) {
            throw new Problem.Forbidden(List.of(Fault.at(
                            "X-Requester",
                            "forbidden",
                            "the county's record has no active role in which " + reader.requester()
                                    + " may look at images for " + reader.organization())))
                    .exception();
        }
    }

    /** The hospital whose numbers are meant by who asks; {@link Source#NONE} where no images come from it. */
    public Source source(Reader reader) {
        return own(reader).findFirst().orElse(Source.NONE);
    }

    private Stream<Source> own(Reader reader) {
        return sources.stream().filter(source -> reader.organization().equals(source.organization()));
    }

    /**
     * Lets somebody look at a study, and has it on record.
     *
     * @param address where from
     * @throws org.countyhub.kernel.ProblemException Forbidden where that is no doctor on record; NotFound where there is no such study, or none to be seen
     */
    public void look(Reader reader, String studyUid, InetAddress address) {
        checkPractising(reader);
        Ground ground = ground(reader, studyUid)
                .orElseThrow(() -> Problem.notFound("no such study, or none that you may look at"));
        // Of several requests at once one writes, and the others wait until it is on record.
        recorded.asMap().computeIfAbsent(new Sight(reader, studyUid), ignored -> {
            ports.readings()
                    .add(new Reading(0, ports.clock().instant(), reader, address.getHostAddress(), studyUid, ground));
            return true;
        });
    }

    /** Problem.Forbidden unless somebody may see all studies of the person whose this one is. */
    public void checkCare(Reader reader, String studyUid) {
        checkPractising(reader);
        boolean all = rules.county().contains(reader.organization())
                || found(reader, studyUid)
                        .filter(study -> inCare(reader, ports.patients().samePerson(study.patient())))
                        .isPresent();
        if (!all) {
            throw new Problem.Forbidden(List.of(Fault.of(
                            "forbidden", "the patient is not in the care of " + reader.organization() + " now")))
                    .exception();
        }
    }

    /** How far somebody sees who asks that; empty without bounds. Problem.Forbidden where that is no doctor on record. */
    public Optional<Reach> reach(Reader reader, Query query) {
        checkPractising(reader);
        if (rules.county().contains(reader.organization())) {
            return Optional.empty();
        }
        Set<PatientKey> patients = new HashSet<>();
        for (Matching matching : query.matching()) {
            if (matching instanceof Matching.Patients(int ignored, Set<PatientKey> asked)) {
                patients.addAll(inCareOf(reader, asked));
            }
            if (matching instanceof Matching.Values(int tag, List<String> uids) && tag == Tag.StudyInstanceUID) {
                // Those of the own hospital are found as such; their patient may be another hospital's.
                uids.forEach(uid -> found(reader, uid)
                        .filter(study -> study.ground().equals(Optional.of(Ground.CARE)))
                        .ifPresent(study -> patients.add(study.patient())));
            }
        }
        return Optional.of(new Reach(own(reader).map(Source::id).collect(Collectors.toSet()), patients));
    }

    /** Those whom the hospital has in its care, of patients who may be several persons: each person is decided about alone. */
    private Set<PatientKey> inCareOf(Reader reader, Set<PatientKey> asked) {
        Set<PatientKey> decided = new HashSet<>();
        Set<PatientKey> those = new HashSet<>();
        for (PatientKey patient : asked) {
            if (patientSystems.contains(patient.system()) && !decided.contains(patient)) {
                Set<PatientKey> person = ports.patients().samePerson(patient);
                decided.addAll(person);
                if (inCare(reader, person)) {
                    those.addAll(person);
                }
            }
        }
        return those;
    }

    private Optional<Ground> ground(Reader reader, String studyUid) {
        return found(reader, studyUid).flatMap(Found::ground);
    }

    private Optional<Found> found(Reader reader, String studyUid) {
        Sight sight = new Sight(reader, studyUid);
        Found known = found.getIfPresent(sight);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Found> now = ports.studies()
                .study(studyUid)
                .map(study -> new Found(study.patient(), Optional.ofNullable(ground(reader, study))));
        now.ifPresent(study -> found.put(sight, study));
        return now;
    }

    private @Nullable Ground ground(Reader reader, Study study) {
        if (own(reader).anyMatch(source -> source.id().equals(study.source().id()))) {
            return Ground.OWN;
        }
        if (rules.county().contains(reader.organization())) {
            return Ground.COUNTY;
        }
        return inCare(reader, ports.patients().samePerson(study.patient())) ? Ground.CARE : null;
    }

    /** By numbers that a hospital gives to one patient only: others, such as those of visits, are of another person elsewhere. */
    private boolean inCare(Reader reader, Set<PatientKey> person) {
        Set<PatientKey> patients = person.stream()
                .filter(key -> patientSystems.contains(key.system()))
                .collect(Collectors.toSet());
        return !patients.isEmpty()
                && cared.get(
                        new Care(reader, patients),
                        care -> examinedLately(reader, patients)
                                || ports.record().inCare(reader, patients));
    }

    /** A hospital has in its care whom it has examined itself a short time ago. */
    private boolean examinedLately(Reader reader, Set<PatientKey> person) {
        Set<String> own = own(reader).map(Source::id).collect(Collectors.toSet());
        LocalDate today = LocalDate.ofInstant(ports.clock().instant(), ports.zone());
        Matching lately = new Matching.Range(
                Tag.StudyDate, DA.format(today.minusDays(rules.careDays())), DA.format(today.plusDays(1)));
        return !own.isEmpty()
                && !ports.queries()
                        .find(new Query(
                                Level.STUDY,
                                List.of(new Matching.Patients(Tag.PatientID, person), lately),
                                Optional.of(new Reach(own, Set.of())),
                                1,
                                0))
                        .isEmpty();
    }
}

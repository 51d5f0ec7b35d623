package org.countyhub.imaging.film;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.study.PatientDirectory;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Study;
import org.countyhub.imaging.study.StudyStore;
import org.countyhub.imaging.study.query.Level;
import org.countyhub.imaging.study.query.Matching;
import org.countyhub.imaging.study.query.Query;
import org.countyhub.imaging.study.query.QueryStore;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/**
 * Makes, changes and ends links, and opens them. Nothing is remembered here between calls: whether a link stands is asked of the store each
 * time, so that one that is revoked is over at once, on every node.
 */
public final class FilmService {
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Duration LONGEST_SESSION = Duration.ofHours(12);
    private static final int MOST_PRIORS = 50;
    private static final int LONGEST_WATERMARK = 60;

    private final Db db;
    private final FilmStore store;
    private final StudyStore studies;
    private final QueryStore queries;
    private final PatientDirectory patients;
    private final Clock clock;

    public FilmService(
            Db db, FilmStore store, StudyStore studies, QueryStore queries, PatientDirectory patients, Clock clock) {
        this.db = db;
        this.store = store;
        this.studies = studies;
        this.queries = queries;
        this.patients = patients;
        this.clock = clock;
    }

    /**
     * What a hospital asks for.
     *
     * @param valid from now on; up to 366 days
     * @param by who has it made
     */
    public record Wish(FilmScope scope, Duration valid, FactorKind factor, String watermark, String by) {}

    /**
     * A link as it is told once, to who asked for it.
     *
     * @param secret that opens it
     * @param answer to the second factor: of a code what is to be handed out by another way, of an identity number not to be told; empty for none
     */
    public record Issued(FilmLink link, String secret, String answer) {}

    /** Makes a link. */
    public Issued issue(Wish wish) {
        FilmScope scope = wish.scope();
        Study study = study(scope.studyUid());
        Set<String> known = study.series().stream().map(Study.Series::seriesUid).collect(Collectors.toSet());
        if (!known.containsAll(scope.seriesUids())) {
            throw unprocessable("scope.series", "it names a series that the study does not have");
        }
        if (wish.watermark().length() > LONGEST_WATERMARK) {
            throw unprocessable("watermark", "at most " + LONGEST_WATERMARK + " characters are drawn over images");
        }
        String answer =
                switch (wish.factor()) {
                    case NONE -> "";
                    case CODE -> SecondFactor.randomCode();
                    case ID_LAST_FOUR -> lastFour(study.patient());
                };
        Instant now = clock.instant();
        Secret secret = Secret.random();
        FilmLink link = new FilmLink(
                Secret.randomId(),
                scope,
                wish.factor(),
                0,
                wish.watermark(),
                now,
                wish.by(),
                end(now, wish.valid()),
                Optional.empty());
        store.add(link, new FilmStore.Lock(secret.digest(), answer.isEmpty() ? null : SecondFactor.of(answer)));
        return new Issued(link, secret.text(), answer);
    }

    private Study study(String studyUid) {
        return studies.study(studyUid).orElseThrow(() -> Problem.notFound("no such study"));
    }

    private String lastFour(PatientKey patient) {
        Set<String> numbers = patients.samePerson(patient).stream()
                .filter(key -> key.system().equals(ResidentId.SYSTEM))
                .map(PatientKey::id)
                .filter(ResidentId::isValid)
                .collect(Collectors.toSet());
        if (numbers.size() != 1) {
            throw unprocessable(
                    "secondFactor", "no identity number, or no single one, is known of the person; hand out a code");
        }
        String number = numbers.iterator().next();
        return number.substring(number.length() - 4);
    }

    private static Instant end(Instant from, Duration valid) {
        if (valid.isNegative() || valid.isZero() || valid.compareTo(LONGEST) > 0) {
            throw unprocessable("validDays", "a link is valid for 1 to " + LONGEST.toDays() + " days");
        }
        return from.plus(valid);
    }

    private static RuntimeException unprocessable(String place, String why) {
        return new Problem.Unprocessable(List.of(Fault.at(place, "value", why))).exception();
    }

    /** The link of that id; Problem.NotFound where there is none. */
    public FilmLink link(String id) {
        return store.link(id).orElseThrow(() -> Problem.notFound("no such link"));
    }

    /** Links, newest first; see {@link FilmStore#links}. */
    public List<FilmLink> links(Optional<String> studyUid, Optional<String> before, int limit) {
        return store.links(studyUid, before, limit);
    }

    /**
     * What is to change of a link; what is empty stays.
     *
     * @param valid from now on
     */
    public record Change(Optional<Duration> valid, Optional<Boolean> originals, boolean unlock) {}

    /** Changes a link; Problem.Gone where it was revoked, since what has been ended for good does not come back. */
    public FilmLink change(String id, Change change) {
        return db.transaction(() -> {
            FilmLink link = link(id);
            if (link.revoked().isPresent()) {
                throw new Problem.Gone(List.of(Fault.of("deleted", "the link was revoked")), "film/" + id).exception();
            }
            store.change(
                    id,
                    change.valid().map(valid -> end(clock.instant(), valid)).orElse(link.expires()),
                    change.originals().orElse(link.scope().originals()),
                    change.unlock());
            return link(id);
        });
    }

    /** Ends a link and everything that was opened by it. */
    public FilmLink revoke(String id, String by) {
        return db.transaction(() -> {
            FilmLink link = link(id);
            if (link.revoked().isEmpty()) {
                store.revoke(id, new FilmLink.Revocation(clock.instant(), by));
            }
            return link(id);
        });
    }

    /** Leaves no trace of a session in which a link was only tested. */
    public void forget(String cookie) {
        Secret.parse(cookie).ifPresent(secret -> store.forget(secret.digest()));
    }

    /** Takes a link back that did not pass its test before anybody had it. */
    public void discard(String id) {
        store.remove(id);
    }

    /** What was looked at by a link, in order. */
    public List<FilmView> views(String id, long afterId, int limit) {
        return store.views(link(id).id(), afterId, limit);
    }

    /** Who opens a link. */
    public record Visitor(String address, String userAgent) {}

    /** What comes of trying to open a link. */
    public sealed interface Opening {
        /** @param cookie the secret of the session */
        record Opened(Standing.Stands standing, String cookie) implements Opening {}

        /** There is no such link, or its secret is another one. */
        record Unknown() implements Opening {}

        record Ended() implements Opening {}

        record Locked() implements Opening {}

        /** The secret is right and a second factor is missing. */
        record FactorNeeded(FactorKind kind) implements Opening {}

        /** @param left how many more may be tried */
        record FactorWrong(FactorKind kind, int left) implements Opening {}
    }

    /**
     * Opens a link.
     *
     * @param factor empty where none was given yet
     */
    public Opening open(String id, String secret, String factor, Visitor visitor) {
        Optional<FilmStore.Lock> lock = store.lock(id);
        Optional<byte[]> digest = Secret.parse(secret).map(Secret::digest);
        if (lock.isEmpty()
                || digest.isEmpty()
                || !java.security.MessageDigest.isEqual(lock.get().secretDigest(), digest.get())) {
            return new Opening.Unknown();
        }
        FilmLink link = link(id);
        if (link.hasEnded(clock.instant())
                || studies.study(link.scope().studyUid()).isEmpty()) {
            return new Opening.Ended();
        }
        SecondFactor wanted = lock.get().factor();
        if (wanted != null) {
            if (link.isLocked()) {
                return new Opening.Locked();
            }
            if (factor.isBlank()) {
                return new Opening.FactorNeeded(link.factor());
            }
            if (!store.countAttempt(id)) {
                return new Opening.Locked();
            }
            if (!wanted.isMetBy(factor)) {
                int left = FilmLink.MAX_FAILURES - link(id).failures();
                return left > 0 ? new Opening.FactorWrong(link.factor(), left) : new Opening.Locked();
            }
            store.forgetAttempts(id);
        }
        return opened(link, visitor);
    }

    private Opening opened(FilmLink link, Visitor visitor) {
        Instant now = clock.instant();
        Instant longest = now.plus(LONGEST_SESSION);
        Instant expires = longest.isBefore(link.expires()) ? longest : link.expires();
        Secret cookie = Secret.random();
        FilmSession session = new FilmSession(cookie.digest(), now, expires, visitor.address(), visitor.userAgent());
        store.add(link.id(), session);
        return new Opening.Opened(new Standing.Stands(link, session), cookie.text());
    }

    /** What a cookie stands for. */
    public sealed interface Standing {
        record Stands(FilmLink link, FilmSession session) implements Standing {}

        /** The link has ended since. */
        record Ended() implements Standing {}

        /** The cookie opens nothing, or nothing any more. */
        record None() implements Standing {}
    }

    /** What the cookie of a request to a link stands for now. */
    public Standing standing(String id, String cookie) {
        Optional<FilmStore.Open> open = Secret.parse(cookie)
                .flatMap(secret -> store.open(secret.digest()))
                .filter(one -> one.link().id().equals(id));
        if (open.isEmpty()) {
            return new Standing.None();
        }
        Instant now = clock.instant();
        FilmStore.Open one = open.get();
        if (one.link().hasEnded(now)) {
            return new Standing.Ended();
        }
        return now.isBefore(one.session().expires())
                ? new Standing.Stands(one.link(), one.session())
                : new Standing.None();
    }

    /** Ends a session: the browser is given back. */
    public void close(FilmSession session) {
        store.end(session.digest());
    }

    /** Notes that something was looked at. */
    public void saw(Standing.Stands standing, FilmView.What what, String studyUid, String seriesUid, Visitor visitor) {
        store.add(
                standing.link().id(),
                standing.session().digest(),
                new FilmView(0, clock.instant(), visitor.address(), visitor.userAgent(), what, studyUid, seriesUid));
    }

    /** Whether a link shows a study. */
    public boolean shows(FilmLink link, String studyUid) {
        return studyUid.equals(link.scope().studyUid()) || priors(link).contains(studyUid);
    }

    /** The studies that a link shows, its own first. */
    public Set<String> shown(FilmLink link) {
        Set<String> shown = new java.util.LinkedHashSet<>(Set.of(link.scope().studyUid()));
        shown.addAll(priors(link));
        return shown;
    }

    /** The other studies of the person that are not newer, if the link says so. */
    private Set<String> priors(FilmLink link) {
        if (!link.scope().priors()) {
            return Set.of();
        }
        Study study = study(link.scope().studyUid());
        String date = study.attributes().string(Tag.StudyDate);
        Set<String> priors = new HashSet<>();
        queries.find(new Query(
                        Level.STUDY,
                        List.of(new Matching.Patients(Tag.PatientID, patients.samePerson(study.patient()))),
                        MOST_PRIORS,
                        0))
                .forEach(found -> {
                    String own = found.attributes().string(Tag.StudyDate);
                    if (date == null || own == null || own.compareTo(date) <= 0) {
                        priors.add(found.attributes().string(Tag.StudyInstanceUID, ""));
                    }
                });
        return priors;
    }
}

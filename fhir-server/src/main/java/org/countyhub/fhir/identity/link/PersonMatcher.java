package org.countyhub.fhir.identity.link;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.countyhub.fhir.identity.match.BlockingKey;
import org.countyhub.fhir.identity.match.BlockingKey.Kind;
import org.countyhub.fhir.identity.match.BlockingKeys;
import org.countyhub.fhir.identity.match.Candidate;
import org.countyhub.fhir.identity.match.Conflict;
import org.countyhub.fhir.identity.match.Conflicts;
import org.countyhub.fhir.identity.match.Decision;
import org.countyhub.fhir.identity.match.Evidence;
import org.countyhub.fhir.identity.match.MatchModel;
import org.countyhub.fhir.identity.match.Matcher;
import org.countyhub.fhir.identity.match.Thresholds;
import org.countyhub.fhir.identity.match.Traits;

/** The rules of {@link Matcher}, asked about persons and answered in the words of a Provenance or a Task. */
final class PersonMatcher {
    /** Below what is shown to a steward, a person who asks may still recognise someone. */
    private static final double POSSIBLE_BITS = 10;

    private final Matcher matcher;
    private final Thresholds thresholds;
    private final int version;

    PersonMatcher(MatchModel model, int version) {
        this.version = version;
        this.matcher = new Matcher(model);
        this.thresholds = model.thresholds();
    }

    /** The version of the model that weighs. */
    int version() {
        return version;
    }

    /** What a patient can be found by, and by what others are looked for. */
    static PatientKeys keys(Traits traits) {
        Set<BlockingKey> kept = BlockingKeys.of(traits);
        return new PatientKeys(
                hashes(kept, Kind.CODE::equals),
                hashes(kept, PersonMatcher::isTrait),
                hashes(BlockingKeys.asked(traits, kept), PersonMatcher::isTrait));
    }

    /** Verified codes have a key among the codes too, which is enough. */
    private static boolean isTrait(Kind kind) {
        return kind != Kind.CODE && kind != Kind.VERIFIED_CODE;
    }

    private static Set<Long> hashes(Set<BlockingKey> keys, Predicate<Kind> wanted) {
        Set<Long> hashes = new LinkedHashSet<>();
        for (BlockingKey key : keys) {
            if (wanted.test(key.kind())) {
                hashes.add(key.hash());
            }
        }
        return hashes;
    }

    /**
     * Decides whose patient it is.
     *
     * @param incoming what the source says
     * @param candidates persons that share a key with it, none of which a steward has put apart from it
     */
    Verdict decide(Traits incoming, List<PersonDraft> candidates) {
        Map<String, PersonDraft> byId = new LinkedHashMap<>();
        List<Candidate> asked = new ArrayList<>();
        for (PersonDraft candidate : candidates) {
            byId.put(candidate.name(), candidate);
            asked.add(candidate(candidate));
        }
        return switch (matcher.decide(incoming, asked)) {
            case Decision.Link link ->
                new Verdict.Link(
                        Objects.requireNonNull(byId.get(link.personId())),
                        link.evidence().rule() == Evidence.Rule.WEIGHTS ? Assurance.LEVEL3 : Assurance.LEVEL4,
                        explained(link.evidence()));
            case Decision.Review review ->
                new Verdict.Review(
                        review.candidates().stream()
                                .map(evidence -> Objects.requireNonNull(byId.get(evidence.personId())))
                                .toList(),
                        explained(review.candidates().getFirst()));
            case Decision.New ignored -> new Verdict.New();
        };
    }

    /** What speaks for and against a person, whatever is decided. */
    Evidence weigh(Traits incoming, PersonDraft person) {
        return matcher.weigh(incoming, candidate(person));
    }

    /** The same against some of a person's patients. */
    Evidence weigh(Traits incoming, List<Member> patients) {
        return matcher.weigh(
                incoming,
                new Candidate("", patients.stream().map(Member::traits).toList()));
    }

    /** How sure the evidence makes it. */
    PersonSearch.Grade grade(Evidence evidence) {
        boolean proven = evidence.rule() != Evidence.Rule.WEIGHTS;
        boolean contradicted = !evidence.conflicts().isEmpty();
        if (contradicted) {
            return proven || evidence.total() >= thresholds.link()
                    ? PersonSearch.Grade.POSSIBLE
                    : PersonSearch.Grade.CERTAINLY_NOT;
        }
        if (proven || evidence.total() >= thresholds.link()) {
            return PersonSearch.Grade.CERTAIN;
        }
        return evidence.total() >= thresholds.review()
                ? PersonSearch.Grade.PROBABLE
                : evidence.total() >= thresholds.review() - POSSIBLE_BITS
                        ? PersonSearch.Grade.POSSIBLE
                        : PersonSearch.Grade.CERTAINLY_NOT;
    }

    private static Candidate candidate(PersonDraft person) {
        return new Candidate(
                person.name(), person.members().stream().map(Member::traits).toList());
    }

    /** What is verified about two patients and cannot be true of one person; empty when nothing is. */
    static Set<Conflict> conflicts(Traits one, Traits other) {
        Set<Conflict> conflicts = EnumSet.noneOf(Conflict.class);
        conflicts.addAll(Conflicts.between(one, other));
        return conflicts;
    }

    /** The same with the version of the model that has weighed it. */
    Explanation explained(Evidence evidence) {
        return explanation(evidence).by(version);
    }

    static Explanation explanation(Evidence evidence) {
        return new Explanation(
                word(evidence.rule()),
                evidence.total(),
                evidence.fields().stream()
                        .map(field -> new Explanation.Field(word(field.field()), word(field.level()), field.bits()))
                        .toList(),
                evidence.conflicts().stream().map(PersonMatcher::word).sorted().toList());
    }

    /** {@code VERIFIED_CODE} as a code of FHIR, {@code verified-code}. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

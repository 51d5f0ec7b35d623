package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.countyhub.fhir.identity.Demographics;
import org.countyhub.fhir.identity.link.DecisionJournal.Move;
import org.countyhub.fhir.identity.link.Member.Source;
import org.countyhub.fhir.identity.link.PersonLinks.Arrival;
import org.countyhub.fhir.identity.link.PersonStore.Holder;
import org.countyhub.fhir.identity.link.PersonStore.KeyOf;
import org.countyhub.fhir.identity.link.PersonStore.Known;
import org.countyhub.fhir.identity.link.PersonStore.Link;
import org.countyhub.fhir.identity.link.PersonStore.StoredPerson;
import org.countyhub.fhir.identity.match.Conflict;
import org.countyhub.fhir.identity.match.Traits;
import org.countyhub.fhir.resource.ResourceChange;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.transaction.ChangeFollower.Additions;
import org.jspecify.annotations.Nullable;

/**
 * The links of one transaction: what patients share keys with is locked and read, each patient gets its person, and what
 * has changed is written. Patients of one transaction meet each other in the order in which they were sent.
 */
final class Linking {
    /** The rule of a question whether a patient is one of those that it is linked to already. */
    static final String UPDATE_CONTRADICTS = "update-contradicts";

    private static final String OWN_RULES = "County hub, rules of identity";

    private final PersonLinks links;
    private final Additions additions;

    /** The person of each patient, by number. */
    private final Map<Long, PersonDraft> personOf = new HashMap<>();
    /** Who has a key: patients by number. */
    private final Map<Long, Set<Long>> holders = new HashMap<>();

    private final Set<PersonDraft> touched = new LinkedHashSet<>();
    /** What is to be kept with the links: of every patient that is written. */
    private final Map<Long, Demographics> said = new HashMap<>();

    private final List<Move> moves = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final Set<Long> unlinked = new LinkedHashSet<>();
    /** The question that is being answered; null when there is none. */
    private @Nullable ResourceKey answering;

    /** Patients that were here before: of a new one nothing has been asked yet. */
    private final Set<Long> stored = new LinkedHashSet<>();

    private final List<KeyOf> added = new ArrayList<>();
    private final List<KeyOf> removed = new ArrayList<>();

    Linking(PersonLinks links, Additions additions) {
        this.links = links;
        this.additions = additions;
    }

    void run(List<Arrival> arrivals) {
        SourceMerges merges = new SourceMerges(links, arrivals, additions);
        read(arrivals, merges.others());
        arrivals.forEach(this::place);
        join(merges);
        write(merges);
    }

    private void join(SourceMerges merges) {
        readStored(merges.concerned(personOf));
        merges.run(personOf);
        decisions.removeIf(decision -> decision.open() && merges.settles(decision.member(), decision.persons()));
        touched.addAll(merges.touched());
        touched.removeIf(person -> person.number() == null
                && person.members().isEmpty()
                && !merges.names(person)
                && decisions.stream().noneMatch(decision -> decision.names(person)));
    }

    /**
     * Decides again on a patient that stands alone, as it is stored and locked; if it is somebody's now, it is given to them.
     *
     * @param question the Task that is answered by it, which is left to the caller; null when nobody asked
     * @return what was decided; null when the patient does not stand alone
     */
    @Nullable
    Again again(Arrival arrival, @Nullable ResourceKey question) {
        answering = question;
        read(List.of(arrival), Set.of());
        PersonDraft own = personOf.get(arrival.change().surrogate());
        if (own == null || own.members().size() != 1) {
            return null;
        }
        readStored(Stream.of(own));
        Member member = own.members().getFirst();
        said.put(member.number(), Objects.requireNonNull(arrival.said()));
        Verdict verdict = links.matcher().decide(member.traits(), candidates(member, arrival, own));
        return switch (verdict) {
            case Verdict.Link link -> {
                give(member, own, link);
                write(new SourceMerges(links, List.of(), additions));
                yield new Again(
                        verdict,
                        LinkRecords.review(member.key(), link.person().key(), List.of(), additions.now(), link.why()));
            }
            case Verdict.Review review ->
                new Again(
                        verdict,
                        LinkRecords.review(
                                member.key(),
                                own.key(),
                                suspects(member, review.persons()),
                                additions.now(),
                                review.why()));
            case Verdict.New ignored -> new Again(verdict, null);
        };
    }

    /**
     * What came of a second look.
     *
     * @param task the question as it would be asked now, with the evidence of the decision; null when nobody is left to ask about
     */
    record Again(Verdict verdict, @Nullable ObjectNode task) {}

    private List<Suspect> suspects(Member patient, List<PersonDraft> persons) {
        readStored(persons.stream());
        return persons.stream()
                .filter(person -> !Suspect.others(person, patient).isEmpty())
                .map(person -> Suspect.of(links.matcher(), patient, person))
                .toList();
    }

    /** @param others further patients whose persons are needed */
    private void read(List<Arrival> arrivals, Set<Long> others) {
        Set<Long> codes = new LinkedHashSet<>();
        Set<Long> asked = new LinkedHashSet<>();
        Set<Long> locks = new LinkedHashSet<>();
        Set<Long> patients = new LinkedHashSet<>(others);
        for (Arrival arrival : arrivals) {
            codes.addAll(arrival.keys().codes());
            asked.addAll(arrival.keys().asked());
            locks.addAll(arrival.keys().kept());
            locks.addAll(arrival.keys().asked());
            locks.addAll(arrival.keysBefore().kept());
            if (!arrival.isNew()) {
                patients.add(arrival.change().surrogate());
                stored.add(arrival.change().surrogate());
            }
        }
        boolean locked = links.store.lockKeys(locks);
        List<Holder> found = links.store.holders(codes, asked);
        found.forEach(holder -> patients.add(holder.patient()));
        if (!patients.isEmpty()) {
            take(links.store.members(patients, locked));
            found.forEach(holder -> holders.computeIfAbsent(holder.key(), key -> new LinkedHashSet<>())
                    .add(holder.patient()));
        }
    }

    private void take(List<Known> members) {
        Map<Long, PersonDraft> drafts = new HashMap<>();
        Set<Long> unread = new LinkedHashSet<>();
        for (Known known : members) {
            Traits traits = links.traits(known);
            if (traits == null) {
                unread.add(known.person());
            } else {
                PersonDraft draft = drafts.computeIfAbsent(known.person(), PersonDraft::known);
                join(draft, new Member(known.patient(), null, traits, known.assurance()));
            }
        }
        if (!unread.isEmpty()) {
            for (StoredPerson stored : links.store.persons(unread)) {
                PersonDraft draft = links.draft(stored);
                draft.members().forEach(member -> personOf.put(member.number(), draft));
            }
        }
    }

    private void hold(PatientKeys keys, long patient) {
        keys.kept().forEach(key -> holders.computeIfAbsent(key, ignored -> new LinkedHashSet<>())
                .add(patient));
    }

    private void join(PersonDraft person, Member member) {
        person.put(member);
        personOf.put(member.number(), person);
    }

    private void place(Arrival arrival) {
        ResourceChange change = arrival.change();
        long number = change.surrogate();
        changeKeys(arrival);
        PersonDraft before = personOf.get(number);
        if (arrival.now() == null || change.resource() == null) {
            if (before != null) {
                before.remove(number);
                personOf.remove(number);
                touched.add(before);
                unlinked.add(number);
            }
            return;
        }
        Source source = new Source(change.key(), change.resource());
        Member member = new Member(number, source, arrival.now(), assurance(before, number));
        said.put(number, Objects.requireNonNull(arrival.said()));
        if (before == null) {
            settle(member, arrival, null);
        } else {
            join(before, member);
            touched.add(before);
            reconsider(member, arrival, before);
        }
        hold(arrival.keys(), number);
    }

    /**
     * A patient that stands alone and now says more than before may turn out to be someone's. One of several stays where it
     * is, and a steward is asked when it contradicts the others from now on.
     */
    private void reconsider(Member member, Arrival arrival, PersonDraft person) {
        if (person.members().size() == 1) {
            if (!arrival.keysBefore().kept().containsAll(arrival.keys().kept())) {
                settle(member, arrival, person);
            }
            return;
        }
        ObjectNode previous = arrival.change().previous();
        Set<Conflict> before = previous == null ? Set.of() : contradictions(links.traits(previous), member, person);
        Set<Conflict> now = contradictions(member.traits(), member, person);
        if (!before.containsAll(now)) {
            List<String> conflicts = now.stream().map(PersonMatcher::word).toList();
            Explanation why = new Explanation(UPDATE_CONTRADICTS, 0, List.of(), conflicts);
            decisions.add(new Decision(member, null, List.of(person), why, true));
        }
    }

    private static Set<Conflict> contradictions(Traits traits, Member of, PersonDraft person) {
        Set<Conflict> conflicts = EnumSet.noneOf(Conflict.class);
        for (Member other : person.members()) {
            if (other.number() != of.number()) {
                conflicts.addAll(PersonMatcher.conflicts(traits, other.traits()));
            }
        }
        return conflicts;
    }

    private static Assurance assurance(@Nullable PersonDraft person, long number) {
        return person == null
                ? Assurance.LEVEL1
                : person.members().stream()
                        .filter(member -> member.number() == number)
                        .findFirst()
                        .orElseThrow()
                        .assurance();
    }

    private void changeKeys(Arrival arrival) {
        long number = arrival.change().surrogate();
        Set<Long> now = arrival.keys().kept();
        // One that was written before there were persons has no keys yet.
        Set<Long> before = personOf.containsKey(number) ? arrival.keysBefore().kept() : Set.of();
        now.stream().filter(key -> !before.contains(key)).forEach(key -> added.add(new KeyOf(key, number)));
        before.stream().filter(key -> !now.contains(key)).forEach(key -> {
            removed.add(new KeyOf(key, number));
            Set<Long> held = holders.get(key);
            if (held != null) {
                held.remove(number);
            }
        });
    }

    /**
     * Finds the person of a patient.
     *
     * @param own the person that it has alone so far, or null
     */
    private void settle(Member member, Arrival arrival, @Nullable PersonDraft own) {
        switch (links.matcher().decide(member.traits(), candidates(member, arrival, own))) {
            case Verdict.Link link -> give(member, own, link);
            case Verdict.Review review -> {
                bindAlone(member, own);
                decisions.add(new Decision(member, own, review.persons(), review.why(), true));
            }
            case Verdict.New ignored -> bindAlone(member, own);
        }
    }

    private void give(Member member, @Nullable PersonDraft own, Verdict.Link link) {
        if (own != null) {
            own.remove(member.number());
            touched.add(own);
        }
        bind(link.person(), member.with(link.assurance()));
        decisions.add(new Decision(member, own, List.of(link.person()), link.why(), false));
    }

    private void bindAlone(Member member, @Nullable PersonDraft own) {
        if (own == null) {
            bind(PersonDraft.fresh(additions.fresh("Person")), member);
        }
    }

    private List<PersonDraft> candidates(Member member, Arrival arrival, @Nullable PersonDraft own) {
        // Only of a patient that was here before can a steward have said anything.
        Set<Long> apart = arrival.isNew() ? Set.of() : Set.copyOf(links.journal.apartFrom(member.number()));
        Set<PersonDraft> candidates = new LinkedHashSet<>();
        for (long key : arrival.keys().wanted()) {
            for (long patient : holders.getOrDefault(key, Set.of())) {
                PersonDraft person = personOf.get(patient);
                if (person != null
                        && person != own
                        && person.members().stream().noneMatch(other -> apart.contains(other.number()))) {
                    candidates.add(person);
                }
            }
        }
        return List.copyOf(candidates);
    }

    private void bind(PersonDraft person, Member member) {
        join(person, member);
        touched.add(person);
    }

    /**
     * What is to be told of a patient once its person is written.
     *
     * @param from the person that it had before, or null
     * @param persons the one that it has now, or those that it may be
     * @param open whether a steward has to decide
     */
    private record Decision(
            Member member, @Nullable PersonDraft from, List<PersonDraft> persons, Explanation why, boolean open) {
        boolean names(PersonDraft person) {
            return person == from || persons.contains(person);
        }
    }

    private void tell(Decision decision, Map<PersonDraft, Long> numbers) {
        if (decision.open()) {
            ask(decision, numbers);
            return;
        }
        ResourceKey patient = decision.member().key();
        PersonDraft person = decision.persons().getFirst();
        long to = PersonMoves.number(person, numbers);
        Map<ResourceKey, Long> references = new LinkedHashMap<>();
        references.put(person.key(), to);
        references.put(patient, decision.member().number());
        ObjectNode record = LinkRecords.provenance(
                LinkRecords.Activity.LINK,
                List.copyOf(references.keySet()),
                additions.now(),
                OWN_RULES,
                decision.why());
        PersonDraft from = decision.from();
        moves.add(new Move(
                additions
                        .add(additions.fresh("Provenance"), null, record, references)
                        .surrogate(),
                decision.member().number(),
                from == null ? null : Long.valueOf(PersonMoves.number(from, numbers)),
                to,
                from == null ? null : decision.member().assurance()));
    }

    private void ask(Decision decision, Map<PersonDraft, Long> numbers) {
        Member patient = decision.member();
        PersonDraft own = personOf.get(patient.number());
        List<Suspect> suspects = suspects(patient, decision.persons());
        if (own == null || suspects.isEmpty()) {
            return; // whoever was meant has been deleted by the same transaction
        }
        OpenQuestions.ask(
                patient, own, suspects, decision.why(), additions, person -> PersonMoves.number(person, numbers));
    }

    /** Questions about patients that have been given away or deleted, or are asked about anew, are no longer open. */
    private void closeQuestions(SourceMerges merges) {
        Map<Long, Closure> settled = new LinkedHashMap<>();
        unlinked.forEach(patient -> settled.put(patient, Closure.PATIENT_DELETED));
        for (Decision decision : decisions) {
            long patient = decision.member().number();
            if (stored.contains(patient)) {
                settled.put(patient, decision.open() ? Closure.ASKED_ANEW : Closure.PATIENT_MOVED);
            }
        }
        new OpenQuestions(links, additions).close(settled, merges.settle(settled), answering);
    }

    /** Reads of those persons that are written or told of what was not needed to decide. */
    private void readStored(Stream<PersonDraft> persons) {
        Map<Long, PersonDraft> unread = new LinkedHashMap<>();
        persons.filter(person -> person.number() != null && person.stored() == null)
                .forEach(person -> unread.put(person.number(), person));
        if (!unread.isEmpty()) {
            for (StoredPerson stored : links.store.persons(unread.keySet())) {
                Objects.requireNonNull(unread.get(stored.person().surrogate())).read(stored, links.parser);
            }
        }
    }

    private void write(SourceMerges merges) {
        readStored(
                Stream.concat(touched.stream(), decisions.stream().flatMap(decision -> decision.persons().stream())));
        Map<PersonDraft, Long> numbers = new HashMap<>();
        for (PersonDraft person : touched) {
            ObjectNode content = person.changedContent();
            if (content != null) {
                numbers.put(person, PersonLinks.add(person, content, additions).surrogate());
            }
        }
        List<Link> rows = new ArrayList<>();
        for (PersonDraft person : touched) {
            for (Member member : person.members()) {
                Demographics says = said.get(member.number());
                if (says != null || merges.moved().contains(member.number())) {
                    rows.add(new Link(member.number(), PersonMoves.number(person, numbers), member.assurance(), says));
                }
            }
        }
        decisions.forEach(decision -> tell(decision, numbers));
        moves.addAll(merges.tell(numbers));
        links.store.announce(PersonMoves.known(touched));
        links.store.write(rows, unlinked, added, removed);
        if (!moves.isEmpty()) {
            links.journal.keep(moves);
        }
        closeQuestions(merges);
    }
}

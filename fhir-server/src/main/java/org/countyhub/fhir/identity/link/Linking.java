package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.fhir.identity.link.PersonLinks.Arrival;
import org.countyhub.fhir.identity.link.PersonStore.Hit;
import org.countyhub.fhir.identity.link.PersonStore.KeyOf;
import org.countyhub.fhir.identity.link.PersonStore.Link;
import org.countyhub.fhir.identity.link.PersonStore.Move;
import org.countyhub.fhir.identity.link.PersonStore.StoredPerson;
import org.countyhub.fhir.identity.match.Conflict;
import org.countyhub.fhir.identity.match.Traits;
import org.countyhub.fhir.resource.ResourceChange;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.transaction.ChangeFollower.Additions;
import org.countyhub.kernel.Db;
import org.jspecify.annotations.Nullable;

/**
 * The links of one transaction: what patients share keys with is locked and read, each patient gets its person, and what
 * has changed is written. Patients of one transaction meet each other in the order in which they were sent.
 */
final class Linking {
    /** The rule of a question that no weight answers. */
    static final String UPDATE_CONTRADICTS = "update-contradicts";

    private static final String OWN_RULES = "County hub, rules of identity";

    private final PersonLinks links;
    private final boolean alone;
    private final Additions additions;

    /** The person of each patient, by number. */
    private final Map<Long, PersonDraft> personOf = new HashMap<>();
    /** Who has a key: patients by number. */
    private final Map<Long, Set<Long>> holders = new HashMap<>();

    private final Set<PersonDraft> touched = new LinkedHashSet<>();
    private final Set<Long> linked = new LinkedHashSet<>();
    private final List<Move> moves = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final Set<Long> unlinked = new LinkedHashSet<>();
    private final List<KeyOf> added = new ArrayList<>();
    private final List<KeyOf> removed = new ArrayList<>();

    Linking(PersonLinks links, boolean alone, Additions additions) {
        this.links = links;
        this.alone = alone;
        this.additions = additions;
    }

    void run(List<Arrival> arrivals) {
        read(arrivals);
        arrivals.forEach(this::place);
        write();
    }

    /**
     * Decides again on a patient that stands alone, as it is stored and locked; if it is somebody's now, it is given to them.
     *
     * @return what was decided; null when the patient does not stand alone
     */
    @Nullable
    Verdict again(Arrival arrival) {
        read(List.of(arrival));
        PersonDraft own = personOf.get(arrival.change().surrogate());
        if (own == null || own.members().size() != 1) {
            return null;
        }
        Member member = own.members().getFirst();
        Verdict verdict = links.matcher().decide(member.traits(), candidates(member, arrival, own));
        if (verdict instanceof Verdict.Link link) {
            give(member, own, link);
            write();
        }
        return verdict;
    }

    private void read(List<Arrival> arrivals) {
        Set<Long> codes = new LinkedHashSet<>();
        Set<Long> traits = new LinkedHashSet<>();
        Set<Long> locks = new LinkedHashSet<>();
        Set<Long> patients = new LinkedHashSet<>();
        for (Arrival arrival : arrivals) {
            codes.addAll(arrival.keys().codes());
            traits.addAll(arrival.keys().traits());
            locks.addAll(arrival.keys().all());
            locks.addAll(arrival.keysBefore().all());
            if (arrival.change().previousVersion() != null) {
                patients.add(arrival.change().surrogate());
            }
        }
        if (!alone) {
            links.store.lockKeys(locks);
        }
        List<Hit> hits = links.store.candidates(codes, traits, patients);
        Set<Long> persons = new LinkedHashSet<>();
        hits.forEach(hit -> persons.add(hit.person()));
        if (!persons.isEmpty()) {
            take(hits, alone ? links.store.persons(persons) : links.store.lockPersons(persons));
        }
    }

    private void take(List<Hit> hits, List<StoredPerson> found) {
        Map<Long, PersonDraft> drafts = new HashMap<>();
        for (StoredPerson stored : found) {
            PersonDraft draft = links.draft(stored);
            drafts.put(stored.person().surrogate(), draft);
            draft.members().forEach(member -> personOf.put(member.number(), draft));
        }
        for (Hit hit : hits) {
            if (personOf.get(hit.patient()) != drafts.get(hit.person())) {
                // A steward has given the patient to another person before this one was locked.
                throw Db.again("the persons that a patient is compared with have changed");
            }
            holders.computeIfAbsent(hit.key(), key -> new LinkedHashSet<>()).add(hit.patient());
        }
    }

    private void hold(PatientKeys keys, long patient) {
        keys.all().forEach(key -> holders.computeIfAbsent(key, ignored -> new LinkedHashSet<>())
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
        Member member = new Member(change.key(), number, change.resource(), arrival.now(), assurance(before, number));
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
            if (!arrival.keysBefore().all().containsAll(arrival.keys().all())) {
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
        Set<Long> now = arrival.keys().all();
        // One that was written before there were persons has no keys yet.
        Set<Long> before = personOf.containsKey(number) ? arrival.keysBefore().all() : Set.of();
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
            bind(new PersonDraft(additions.fresh("Person"), null, null), member);
        }
    }

    private List<PersonDraft> candidates(Member member, Arrival arrival, @Nullable PersonDraft own) {
        // Only of a patient that was here before can a steward have said anything.
        Set<Long> apart = arrival.change().previousVersion() == null
                ? Set.of()
                : Set.copyOf(links.store.apartFrom(member.number()));
        Set<PersonDraft> candidates = new LinkedHashSet<>();
        for (long key : arrival.keys().all()) {
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
        linked.add(member.number());
    }

    /**
     * What is to be told of a patient once its person is written.
     *
     * @param from the person that it had before, or null
     * @param persons the one that it has now, or those that it may be
     * @param open whether a steward has to decide
     */
    private record Decision(
            Member member, @Nullable PersonDraft from, List<PersonDraft> persons, Explanation why, boolean open) {}

    private void tell(Decision decision, Map<PersonDraft, Long> numbers) {
        ResourceKey patient = decision.member().key();
        List<ResourceKey> persons =
                decision.persons().stream().map(PersonDraft::key).toList();
        Map<ResourceKey, Long> references = new LinkedHashMap<>();
        references.put(patient, decision.member().number());
        decision.persons().forEach(person -> references.put(person.key(), PersonMoves.number(person, numbers)));
        ObjectNode record;
        if (decision.open()) {
            record = LinkRecords.review(patient, persons, additions.now(), decision.why());
        } else {
            List<ResourceKey> targets = new ArrayList<>(persons);
            targets.add(patient);
            record = LinkRecords.provenance(
                    LinkRecords.Activity.LINK, targets, additions.now(), OWN_RULES, decision.why());
        }
        long number = additions
                .add(additions.fresh(record.path("resourceType").asText()), null, record, references)
                .surrogate();
        if (!decision.open()) {
            PersonDraft from = decision.from();
            moves.add(new Move(
                    number,
                    decision.member().number(),
                    from == null ? null : Long.valueOf(PersonMoves.number(from, numbers)),
                    PersonMoves.number(decision.persons().getFirst(), numbers),
                    from == null ? null : decision.member().assurance()));
        }
    }

    private void write() {
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
                if (linked.contains(member.number())) {
                    rows.add(new Link(member.number(), PersonMoves.number(person, numbers), member.assurance()));
                }
            }
        }
        decisions.forEach(decision -> tell(decision, numbers));
        links.store.announce(PersonMoves.known(touched));
        links.store.write(rows, unlinked, added, removed);
        if (!moves.isEmpty()) {
            links.store.journal(moves);
        }
    }
}

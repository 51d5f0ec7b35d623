package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.fhir.identity.link.PersonLinks.Arrival;
import org.countyhub.fhir.identity.link.PersonStore.KeyOf;
import org.countyhub.fhir.identity.link.PersonStore.Link;
import org.countyhub.fhir.identity.link.PersonStore.Move;
import org.countyhub.fhir.identity.link.PersonStore.StoredPerson;
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
        List<Long> persons = links.store.candidates(codes, traits, patients);
        if (persons.isEmpty()) {
            return;
        }
        List<StoredPerson> found = alone ? links.store.persons(persons) : links.store.lockPersons(persons);
        found.forEach(this::take);
        // A person that a steward has merged meanwhile may have given its patients to one that is not locked.
        if (!alone && !new HashSet<>(persons).containsAll(links.store.candidates(codes, traits, patients))) {
            throw Db.again("the persons that a patient is compared with have changed");
        }
    }

    private void take(StoredPerson stored) {
        PersonDraft draft = links.draft(stored);
        for (Member member : draft.members()) {
            personOf.put(member.number(), draft);
            hold(PersonMatcher.keys(member.traits()), member.number());
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
        if (before != null) {
            join(before, member);
            touched.add(before);
        } else {
            settle(member, arrival.keys());
        }
        hold(arrival.keys(), number);
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
        Set<Long> before = arrival.keysBefore().all();
        now.stream().filter(key -> !before.contains(key)).forEach(key -> added.add(new KeyOf(key, number)));
        before.stream().filter(key -> !now.contains(key)).forEach(key -> {
            removed.add(new KeyOf(key, number));
            holders.getOrDefault(key, Set.of()).remove(number);
        });
    }

    /** Finds the person of a patient that has none yet. */
    private void settle(Member member, PatientKeys keys) {
        switch (links.matcher().decide(member.traits(), candidates(member, keys))) {
            case Verdict.Link link -> {
                bind(link.person(), member.with(link.assurance()));
                decisions.add(new Decision(member, List.of(link.person()), link.why(), false));
            }
            case Verdict.Review review -> {
                bind(fresh(), member);
                decisions.add(new Decision(member, review.persons(), review.why(), true));
            }
            case Verdict.New ignored -> bind(fresh(), member);
        }
    }

    private List<PersonDraft> candidates(Member member, PatientKeys keys) {
        Set<PersonDraft> candidates = new LinkedHashSet<>();
        for (long key : keys.all()) {
            for (long patient : holders.getOrDefault(key, Set.of())) {
                PersonDraft person = personOf.get(patient);
                if (person != null && patient != member.number()) {
                    candidates.add(person);
                }
            }
        }
        return List.copyOf(candidates);
    }

    private PersonDraft fresh() {
        return new PersonDraft(additions.fresh("Person"), null, null);
    }

    private void bind(PersonDraft person, Member member) {
        join(person, member);
        touched.add(person);
        linked.add(member.number());
    }

    /** What is to be told of a patient once its person is written. */
    private record Decision(Member member, List<PersonDraft> persons, Explanation why, boolean open) {}

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
            moves.add(new Move(
                    number,
                    decision.member().number(),
                    null,
                    PersonMoves.number(decision.persons().getFirst(), numbers),
                    null));
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

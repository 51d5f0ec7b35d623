package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.countyhub.fhir.identity.link.DecisionJournal.Apart;
import org.countyhub.fhir.identity.link.DecisionJournal.Move;
import org.countyhub.fhir.identity.link.LinkRecords.Activity;
import org.countyhub.fhir.identity.link.PersonStore.Link;
import org.countyhub.fhir.resource.LocalReferences;
import org.countyhub.fhir.resource.ResourceChange;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.transaction.ChangeFollower.Additions;
import org.countyhub.kernel.Db;
import org.jspecify.annotations.Nullable;

/**
 * Moves of patients from one person to another in one transaction, by a steward's word: the persons are locked and read,
 * the moves are made in memory, and what follows from them is written with a Provenance that tells how to undo them.
 */
final class PersonMoves {
    private final PersonLinks links;
    private final Additions additions;
    private final Map<Long, PersonDraft> persons = new LinkedHashMap<>();
    private final Map<Long, PersonDraft> personOf = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private Map<Long, Moved> moved = new LinkedHashMap<>();

    private record Moved(Member before, PersonDraft from, PersonDraft to, Assurance assurance) {}

    /** A decision, and what it moves. */
    private record Step(
            Activity activity,
            Map<Long, Moved> moved,
            List<ObjectNode> who,
            Explanation why,
            @Nullable ResourceChange question,
            @Nullable Signature signature,
            Exposure exposure) {}

    PersonMoves(PersonLinks links, Additions additions) {
        this.links = links;
        this.additions = additions;
    }

    /**
     * Locks and reads the persons of these patients, and further ones.
     *
     * @param patients numbers of patients
     * @param further numbers of persons
     */
    void lock(Collection<Long> patients, Collection<Long> further) {
        Set<Long> wanted = new LinkedHashSet<>(further);
        links.store.links(patients).forEach(link -> wanted.add(link.person()));
        for (PersonStore.StoredPerson stored : links.store.lockPersons(wanted)) {
            PersonDraft draft = links.draft(stored);
            persons.put(stored.person().surrogate(), draft);
            draft.members().forEach(member -> personOf.put(member.number(), draft));
        }
        Set<Long> now = new HashSet<>();
        links.store.links(patients).forEach(link -> now.add(link.person()));
        if (!persons.keySet().containsAll(now)) {
            throw Db.again("a patient was given to another person");
        }
    }

    /** The person of a patient, as locked; null when the patient has none. */
    @Nullable
    PersonDraft personOf(long patient) {
        return personOf.get(patient);
    }

    /** A person that was locked. */
    PersonDraft person(long number) {
        return Objects.requireNonNull(persons.get(number));
    }

    /** A person that was locked; null when there is none of that number. */
    @Nullable
    PersonDraft lockedPerson(long number) {
        return persons.get(number);
    }

    PersonDraft fresh() {
        return PersonDraft.fresh(additions.fresh("Person"));
    }

    /** Gives a patient to another person. */
    void move(long patient, PersonDraft to, Assurance assurance) {
        PersonDraft from = Objects.requireNonNull(personOf.get(patient));
        Member member = Objects.requireNonNull(from.remove(patient));
        to.put(member.with(assurance));
        personOf.put(patient, to);
        moved.put(patient, new Moved(member, from, to, assurance));
    }

    /**
     * Ends a decision: what was moved since the one before is told, and undone, together.
     *
     * @param question the answer that it is
     * @param exposure who is to be told
     */
    void decide(Activity activity, List<ObjectNode> who, Explanation why, ResourceChange question, Exposure exposure) {
        steps.add(new Step(activity, moved, who, why, question, null, exposure));
        moved = new LinkedHashMap<>();
    }

    /**
     * Writes everything that follows from one decision.
     *
     * @param who whose word it is
     * @param exposure who is to be told
     */
    PersonStewardship.Result write(Activity activity, Signature who, Explanation why, Exposure exposure) {
        steps.add(new Step(activity, moved, List.of(LinkRecords.named(who.name())), why, null, who, exposure));
        moved = new LinkedHashMap<>();
        Written written = write();
        ResourceChange decision = written.decisions().getFirst();
        return new PersonStewardship.Result(
                written.persons().stream().map(ResourceChange::stored).toList(),
                steps.getFirst().moved().values().stream()
                        .map(move -> move.before().key())
                        .toList(),
                decision.stored(),
                exposure.receivers(),
                written.notices());
    }

    /**
     * What was written.
     *
     * @param decisions a Provenance for each decision, in their order
     * @param notices the Communications that tell organizations of them
     */
    record Written(List<ResourceChange> persons, List<ResourceChange> decisions, List<ResourceKey> notices) {}

    /** Writes everything that follows from the decisions, and closes the questions that they answer as well. */
    Written write() {
        Map<PersonDraft, ResourceChange> written = writePersons();
        Map<PersonDraft, Long> numbers = new HashMap<>();
        written.forEach((person, change) -> numbers.put(person, change.surrogate()));
        Map<Long, Link> rows = new LinkedHashMap<>();
        List<Move> journal = new ArrayList<>();
        List<ResourceChange> decisions = new ArrayList<>();
        List<ResourceKey> notices = new ArrayList<>();
        for (Step step : steps) {
            ResourceChange decision = provenance(step, numbers);
            decisions.add(decision);
            notices.addAll(step.exposure().tell(additions, decision.key(), decision.surrogate()));
            step.moved().forEach((patient, move) -> {
                long to = number(move.to(), numbers);
                rows.put(patient, new Link(patient, to, move.assurance(), null));
                journal.add(new Move(
                        decision.surrogate(),
                        patient,
                        number(move.from(), numbers),
                        to,
                        move.before().assurance()));
            });
        }
        links.store.write(rows.values(), List.of(), List.of(), List.of());
        links.journal.keep(journal);
        links.store.announce(known(numbers.keySet()));
        closeQuestions();
        return new Written(List.copyOf(written.values()), decisions, notices);
    }

    private ResourceChange provenance(Step step, Map<PersonDraft, Long> numbers) {
        Map<ResourceKey, Long> references = new LinkedHashMap<>();
        step.moved().values().forEach(move -> {
            references.put(move.to().key(), number(move.to(), numbers));
            references.put(move.from().key(), number(move.from(), numbers));
        });
        step.moved()
                .values()
                .forEach(move ->
                        references.put(move.before().key(), move.before().number()));
        List<ResourceKey> targets = List.copyOf(references.keySet());
        ResourceChange question = step.question();
        if (question != null) {
            references.put(question.key(), question.surrogate());
        }
        ObjectNode provenance = LinkRecords.provenance(
                step.activity(),
                targets,
                additions.now(),
                step.who(),
                step.why(),
                question == null ? null : question.key());
        if (step.signature() != null) {
            step.signature().sign(provenance, references);
        }
        step.exposure().describe(provenance, references);
        references.putAll(additions.numbers(LocalReferences.within(provenance)));
        return additions.add(additions.fresh("Provenance"), null, provenance, references);
    }

    /** Patients that were moved are asked about no more, nor those whom they have joined whether they are one with them. */
    private void closeQuestions() {
        Map<Long, Closure> settled = new LinkedHashMap<>();
        Set<ResourceKey> emptied = new LinkedHashSet<>();
        for (Step step : steps) {
            for (Moved move : step.moved().values()) {
                move.to().members().forEach(member -> settled.putIfAbsent(member.number(), Closure.ALREADY_LINKED));
                if (move.from().members().isEmpty()) {
                    emptied.add(move.from().key());
                }
            }
        }
        steps.forEach(step -> step.moved().keySet().forEach(patient -> settled.put(patient, Closure.PATIENT_MOVED)));
        new OpenQuestions(links, additions).close(settled, emptied, null);
    }

    private Map<PersonDraft, ResourceChange> writePersons() {
        Set<PersonDraft> touched = new LinkedHashSet<>();
        for (Step step : steps) {
            step.moved().values().forEach(move -> {
                touched.add(move.to());
                touched.add(move.from());
            });
        }
        Map<PersonDraft, ResourceChange> written = new LinkedHashMap<>();
        for (PersonDraft person : touched) {
            ObjectNode content = person.changedContent();
            if (content != null) {
                written.put(person, PersonLinks.add(person, content, additions));
            }
        }
        return written;
    }

    static long number(PersonDraft person, Map<PersonDraft, Long> written) {
        Long number = written.get(person);
        return number != null ? number : Objects.requireNonNull(person.number());
    }

    /** The numbers of those persons that somebody may know already. */
    static List<Long> known(Collection<PersonDraft> persons) {
        return persons.stream()
                .map(PersonDraft::number)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The patients that were given to another person, as they were before. */
    List<Member> leaving() {
        return moved.values().stream().map(Moved::before).toList();
    }

    /** Every pair of a patient that was moved and one that stayed behind. */
    List<Apart> pairs() {
        List<Apart> pairs = new ArrayList<>();
        steps.forEach(step -> step.moved()
                .forEach((patient, move) ->
                        move.from().members().forEach(stayed -> pairs.add(new Apart(patient, stayed.number())))));
        return pairs;
    }
}

package org.countyhub.fhir.identity.link;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.countyhub.fhir.disclosure.Receiver;
import org.countyhub.fhir.disclosure.Requester;
import org.countyhub.fhir.identity.link.DecisionJournal.Apart;
import org.countyhub.fhir.identity.link.DecisionJournal.Move;
import org.countyhub.fhir.identity.link.LinkRecords.Activity;
import org.countyhub.fhir.identity.match.Conflict;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStore;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.transaction.ChangeFollower.Additions;
import org.countyhub.fhir.transaction.TransactionService;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** What stewards do to persons: merge two of them, and undo what was merged or linked. Patients are never changed. */
public final class PersonStewardship {
    /** What one person's papers cannot both say. */
    static final Set<Conflict> CONTRADICTIONS =
            EnumSet.of(Conflict.RESIDENT_ID, Conflict.SEX, Conflict.BIRTH_DATE, Conflict.BLOOD_GROUP);

    private final PersonLinks links;
    private final ResourceStore resources;
    private final TransactionService transactions;

    public PersonStewardship(PersonLinks links, ResourceStore resources, TransactionService transactions) {
        this.links = links;
        this.resources = resources;
        this.transactions = transactions;
    }

    /**
     * What came of a merge or a split.
     *
     * @param persons those that changed, as they are now; for a preview, as they would be
     * @param moved the patients that were given to another person
     * @param decision the Provenance that tells of it and by which it is undone; null for a preview
     * @param receivers who was answered with something of the patients while they were wrongly joined
     * @param notices the Communications that tell organizations of it; none for a preview
     */
    public record Result(
            List<StoredVersion> persons,
            List<ResourceKey> moved,
            @Nullable StoredVersion decision,
            List<Receiver> receivers,
            List<ResourceKey> notices) {}

    /**
     * Makes the persons behind two patients one: all patients of the source's person go to the target's person. Refused
     * as a conflict when what is verified about them contradicts.
     *
     * @param who whose word it is
     * @param preview whether only to tell what would change
     */
    public Result merge(ResourceKey source, ResourceKey target, Requester who, boolean preview) {
        long from = number(source, "source-patient");
        long to = number(target, "target-patient");
        return run(preview, additions -> {
            PersonMoves moves = new PersonMoves(links, additions);
            moves.lock(List.of(from, to), List.of());
            PersonDraft merged = person(moves, from, source);
            PersonDraft into = person(moves, to, target);
            requireTwo(source, merged, target, into);
            return join(moves, from, merged, into, who, "merged-by-steward");
        });
    }

    /**
     * Makes the persons behind two patients one, as {@link #merge} does, because the source of both says that they are one
     * patient. Of patients that have one person already nothing changes.
     *
     * @param who whose word it is
     */
    public void join(ResourceKey source, ResourceKey target, Requester who) {
        long from = number(source, "source-patient");
        long to = number(target, "target-patient");
        transactions.write(additions -> {
            PersonMoves moves = new PersonMoves(links, additions);
            moves.lock(List.of(from, to), List.of());
            PersonDraft merged = person(moves, from, source);
            PersonDraft into = person(moves, to, target);
            return merged == into
                    ? new Result(List.of(), List.of(), null, List.of(), List.of())
                    : join(moves, from, merged, into, who, "merged-by-source");
        });
    }

    private Result join(
            PersonMoves moves, long source, PersonDraft merged, PersonDraft into, Requester who, String rule) {
        refuseContradiction(source, merged, into);
        List<Member> moving = List.copyOf(merged.members());
        List<Apart> pairs = new ArrayList<>();
        for (Member member : moving) {
            into.members().forEach(other -> pairs.add(new Apart(member.number(), other.number())));
        }
        moving.forEach(member -> moves.move(member.number(), into, member.assurance()));
        Result result = moves.write(Activity.MERGE, Signature.of(who, resources), steward(rule), Exposure.NONE);
        links.journal.setApart(pairs, false);
        return result;
    }

    /** Undoes what a decision moved to a person: every patient goes back where it came from, or to a person of its own. */
    public Result undo(ResourceKey person, ResourceKey decision, Requester who, boolean preview) {
        long number = number(person, "Person");
        StoredVersion told = stored(decision, "decision");
        links.exposures.prepare();
        return run(preview, additions -> {
            List<Move> journal = links.journal.moves(told.surrogate());
            if (journal.isEmpty() || journal.stream().anyMatch(move -> move.to() != number)) {
                throw Problem.unprocessable(Fault.at(
                        "decision",
                        "business-rule",
                        decision + " tells of no link to " + person + " that could be undone"));
            }
            PersonMoves moves = new PersonMoves(links, additions);
            Set<Long> persons = new LinkedHashSet<>();
            persons.add(number);
            journal.stream().map(Move::from).filter(Objects::nonNull).forEach(persons::add);
            moves.lock(journal.stream().map(Move::patient).toList(), persons);
            PersonDraft own = moves.fresh();
            for (Move move : journal) {
                if (moves.personOf(move.patient()) != moves.person(number)) {
                    throw Problem.conflict("a patient that " + decision
                            + " moved has been moved on since; undo the later decision first");
                }
                moves.move(
                        move.patient(),
                        move.from() == null ? own : moves.person(move.from()),
                        move.before() == null ? Assurance.LEVEL1 : move.before());
            }
            Result result = moves.write(
                    Activity.UNMERGE,
                    Signature.of(who, resources),
                    steward("undone-by-steward"),
                    links.exposures.of(moves.person(number), moves.leaving(), told.lastUpdated(), additions.now()));
            links.journal.setApart(moves.pairs(), true);
            return result;
        });
    }

    /** Gives patients of a person a person of their own. */
    public Result split(ResourceKey person, List<ResourceKey> patients, Requester who, boolean preview) {
        long number = number(person, "Person");
        List<Long> numbers =
                patients.stream().map(patient -> number(patient, "patient")).toList();
        links.exposures.prepare();
        return run(preview, additions -> {
            PersonMoves moves = new PersonMoves(links, additions);
            moves.lock(numbers, List.of(number));
            PersonDraft from = moves.person(number);
            for (int i = 0; i < numbers.size(); i++) {
                if (moves.personOf(numbers.get(i)) != from) {
                    throw Problem.unprocessable(
                            Fault.at("patient", "business-rule", patients.get(i) + " is not linked to " + person));
                }
            }
            if (from.members().size() == Set.copyOf(numbers).size()) {
                throw Problem.unprocessable(
                        Fault.at("patient", "business-rule", "these are all the patients of " + person));
            }
            PersonDraft own = moves.fresh();
            numbers.stream().distinct().forEach(patient -> moves.move(patient, own, Assurance.LEVEL1));
            Result result = moves.write(
                    Activity.UNLINK,
                    Signature.of(who, resources),
                    steward("split-by-steward"),
                    links.exposures.of(from, moves.leaving(), null, additions.now()));
            links.journal.setApart(moves.pairs(), true);
            return result;
        });
    }

    /**
     * Who was answered with something of the patients that a decision moved: until they left the person by it, or since they
     * came to it. Finds more than the decision itself has written down when answers were on their way just then.
     */
    public List<Receiver> receivers(ResourceKey person, ResourceKey decision) {
        return links.exposures.ofDecision(stored(person, "Person"), stored(decision, "decision"));
    }

    private Result run(boolean preview, Function<Additions, Result> work) {
        if (!preview) {
            return transactions.write(work);
        }
        Result result = transactions.preview(work);
        return new Result(result.persons(), result.moved(), null, result.receivers(), List.of());
    }

    private static Explanation steward(String rule) {
        return new Explanation(rule, 0, List.of(), List.of());
    }

    /** A steward may know better than a likeness of twins, but not alone than two resident IDs. */
    private void refuseContradiction(long source, PersonDraft one, PersonDraft other) {
        List<Fault> faults = new ArrayList<>();
        contradictions(one.members(), other.members())
                .forEach(conflict -> faults.add(Fault.of(
                        "conflict",
                        one.key() + " and " + other.key() + " contradict each other in "
                                + PersonMatcher.word(conflict))));
        if (!faults.isEmpty()) {
            ResourceKey asked = asked(source, other);
            faults.add(Fault.of(
                    "business-rule",
                    "two stewards may link them all the same, each by an answer to "
                            + (asked == null
                                    ? "the Task that Patient/$merge with review=true has written"
                                    : asked + ", which asks about them")));
            throw new Problem.Conflict(faults).exception();
        }
    }

    /** What is verified about patients and cannot be true of one person: one steward's word does not do against it. */
    static Set<Conflict> contradictions(List<Member> some, List<Member> others) {
        Set<Conflict> conflicts = PersonLinks.conflicts(some, others);
        conflicts.retainAll(CONTRADICTIONS);
        return conflicts;
    }

    /** The open question whether a patient is a person; null when nobody asks. */
    private @Nullable ResourceKey asked(long patient, PersonDraft person) {
        for (ResourceKey task : links.journal.questionsAbout(List.of(patient))) {
            StoredVersion stored = Objects.requireNonNull(resources.read(task));
            ReviewTask question = ReviewTask.of(links.parser.read(stored.json()));
            if (question.isOpen()
                    && question.candidates().stream()
                            .anyMatch(candidate -> candidate.person().equals(person.key()))) {
                return task;
            }
        }
        return null;
    }

    /**
     * Has a Task written that asks stewards whether a patient is the person behind another one, also where one steward
     * alone may not decide that. A question that is open already is not asked twice.
     *
     * @return the Task
     */
    public ResourceKey ask(ResourceKey source, ResourceKey target) {
        long from = number(source, "source-patient");
        long to = number(target, "target-patient");
        return transactions.write(additions -> {
            PersonMoves moves = new PersonMoves(links, additions);
            moves.lock(List.of(from, to), List.of());
            PersonDraft own = person(moves, from, source);
            PersonDraft other = person(moves, to, target);
            requireTwo(source, own, target, other);
            ResourceKey asked = asked(from, other);
            if (asked != null) {
                return asked;
            }
            Member patient = own.members().stream()
                    .filter(member -> member.number() == from)
                    .findFirst()
                    .orElseThrow();
            Suspect suspect = Suspect.of(links.matcher(), patient, other);
            return OpenQuestions.ask(
                    patient,
                    own,
                    List.of(suspect),
                    suspect.why(),
                    additions,
                    person -> PersonMoves.number(person, Map.of()));
        });
    }

    private static void requireTwo(ResourceKey source, PersonDraft one, ResourceKey target, PersonDraft other) {
        if (one == other) {
            throw Problem.unprocessable(
                    Fault.of("business-rule", source + " and " + target + " are linked to " + one.key() + " already"));
        }
    }

    private static PersonDraft person(PersonMoves moves, long patient, ResourceKey key) {
        PersonDraft person = moves.personOf(patient);
        if (person == null) {
            throw Problem.unprocessable(Fault.of("business-rule", key + " has no person"));
        }
        return person;
    }

    private long number(ResourceKey key, String parameter) {
        return stored(key, parameter).surrogate();
    }

    private StoredVersion stored(ResourceKey key, String parameter) {
        StoredVersion stored = resources.read(key);
        if (stored == null || !stored.change().readable()) {
            throw Problem.unprocessable(Fault.at(parameter, "not-found", key + " is not known"));
        }
        return stored;
    }
}

package org.countyhub.fhir.identity.link;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.countyhub.fhir.identity.link.LinkRecords.Activity;
import org.countyhub.fhir.identity.link.PersonStore.Apart;
import org.countyhub.fhir.identity.link.PersonStore.Move;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStore;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.transaction.TransactionService;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** What stewards do to persons: merge two of them, and undo what was merged or linked. Patients are never changed. */
public final class PersonStewardship {
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
     * @param person the person that holds the patients now
     * @param moved the patients that were given to another person
     * @param decision the Provenance that tells of it and by which it is undone
     */
    public record Result(ResourceKey person, List<ResourceKey> moved, StoredVersion decision) {}

    /**
     * Makes the persons behind two patients one: all patients of the source's person go to the target's person. Refused
     * as a conflict when what is verified about them contradicts.
     *
     * @param who whose word it is
     */
    public Result merge(ResourceKey source, ResourceKey target, String who) {
        long from = number(source, "source-patient");
        long to = number(target, "target-patient");
        return transactions.write(additions -> {
            PersonMoves moves = new PersonMoves(links, additions);
            moves.lock(List.of(from, to), List.of());
            PersonDraft merged = person(moves, from, source);
            PersonDraft into = person(moves, to, target);
            if (merged == into) {
                throw Problem.unprocessable(Fault.of(
                        "business-rule", source + " and " + target + " are linked to " + into.key() + " already"));
            }
            refuseContradiction(merged, into);
            List<Member> moving = List.copyOf(merged.members());
            List<Apart> pairs = new ArrayList<>();
            for (Member member : moving) {
                into.members().forEach(other -> pairs.add(new Apart(member.number(), other.number())));
            }
            moving.forEach(member -> moves.move(member.number(), into, member.assurance()));
            StoredVersion decision = moves.write(Activity.MERGE, who, steward("merged-by-steward"));
            links.store.setApart(pairs, false);
            return new Result(into.key(), moving.stream().map(Member::key).toList(), decision);
        });
    }

    /** Undoes what a decision moved: every patient goes back to the person it came from, or to one of its own. */
    public Result undo(ResourceKey decision, String who) {
        StoredVersion provenance = stored(decision, "decision");
        return transactions.write(additions -> {
            List<Move> journal = links.store.moves(provenance.surrogate());
            if (journal.isEmpty()) {
                throw Problem.unprocessable(
                        Fault.at("decision", "business-rule", decision + " tells of no link that could be undone"));
            }
            Set<Long> persons = new LinkedHashSet<>();
            List<Long> patients = new ArrayList<>();
            journal.forEach(move -> {
                patients.add(move.patient());
                persons.add(move.to());
                if (move.from() != null) {
                    persons.add(move.from());
                }
            });
            PersonMoves moves = new PersonMoves(links, additions);
            moves.lock(patients, persons);
            PersonDraft own = null;
            for (Move move : journal) {
                if (moves.personOf(move.patient()) != moves.person(move.to())) {
                    throw Problem.conflict("a patient that " + decision
                            + " moved has been moved on since; undo the later decision first");
                }
                if (move.from() == null && own == null) {
                    own = moves.fresh();
                }
                PersonDraft back = move.from() == null ? own : moves.person(move.from());
                moves.move(
                        move.patient(),
                        Objects.requireNonNull(back),
                        move.before() == null ? Assurance.LEVEL1 : move.before());
            }
            StoredVersion undone = moves.write(Activity.UNMERGE, who, steward("undone-by-steward"));
            links.store.setApart(moves.pairs(), true);
            PersonDraft first =
                    Objects.requireNonNull(moves.personOf(journal.getFirst().patient()));
            return new Result(first.key(), moves.moved(), undone);
        });
    }

    /** Gives patients of a person a person of their own. */
    public Result split(ResourceKey person, List<ResourceKey> patients, String who) {
        List<Long> numbers =
                patients.stream().map(patient -> number(patient, "patient")).toList();
        StoredVersion stored = stored(person, "Person");
        return transactions.write(additions -> {
            PersonMoves moves = new PersonMoves(links, additions);
            moves.lock(numbers, List.of(stored.surrogate()));
            PersonDraft from = moves.person(stored.surrogate());
            for (int i = 0; i < numbers.size(); i++) {
                if (moves.personOf(numbers.get(i)) != from) {
                    throw Problem.unprocessable(
                            Fault.at("patient", "business-rule", patients.get(i) + " is not linked to " + person));
                }
            }
            if (from.members().size() == numbers.size()) {
                throw Problem.unprocessable(
                        Fault.at("patient", "business-rule", "these are all the patients of " + person));
            }
            PersonDraft own = moves.fresh();
            numbers.forEach(number -> moves.move(number, own, Assurance.LEVEL1));
            StoredVersion decision = moves.write(Activity.UNLINK, who, steward("split-by-steward"));
            links.store.setApart(moves.pairs(), true);
            return new Result(own.key(), moves.moved(), decision);
        });
    }

    private static Explanation steward(String rule) {
        return new Explanation(rule, 0, List.of(), List.of());
    }

    private void refuseContradiction(PersonDraft one, PersonDraft other) {
        List<String> conflicts = links.conflicts(one, other);
        if (!conflicts.isEmpty()) {
            throw new Problem.Conflict(conflicts.stream()
                            .map(conflict -> Fault.of("conflict", conflict))
                            .toList())
                    .exception();
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

package org.countyhub.fhir.identity.link;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.countyhub.fhir.identity.link.Answer.Decision;
import org.countyhub.fhir.identity.link.DecisionJournal.Apart;
import org.countyhub.fhir.identity.link.LinkRecords.Activity;
import org.countyhub.fhir.identity.match.Conflict;
import org.countyhub.fhir.resource.LocalReferences;
import org.countyhub.fhir.resource.ResourceChange;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.transaction.ChangeFollower.Additions;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one transaction. Their Tasks are locked; the persons in question are locked now, so that an answer is
 * carried out on what is true then, whatever the Task says, or not at all.
 */
final class Answering {
    private final PersonLinks links;
    private final Additions additions;
    private final PersonMoves moves;
    private final List<Question> questions = new ArrayList<>();
    private final List<Question> decided = new ArrayList<>();
    private final List<Apart> apart = new ArrayList<>();
    private final List<Apart> reunited = new ArrayList<>();
    private Map<ResourceKey, Long> numbers = Map.of();

    Answering(PersonLinks links, Additions additions) {
        this.links = links;
        this.additions = additions;
        this.moves = new PersonMoves(links, additions);
    }

    private record Question(ResourceChange change, AnswerReader.Reading reading) {
        ReviewTask task() {
            return reading.task();
        }

        Answer answer() {
            return Objects.requireNonNull(reading.answer());
        }

        /** Whether anybody is moved or told apart by it. */
        boolean decides() {
            return reading.answer() != null && reading.answer().decision() != Decision.LATER;
        }
    }

    void run(List<ResourceChange> changes) {
        for (ResourceChange change : changes) {
            placed(
                    change,
                    () -> questions.add(new Question(
                            change,
                            AnswerReader.read(
                                    Objects.requireNonNull(change.previous()),
                                    Objects.requireNonNull(change.resource()),
                                    additions.now()))));
        }
        lock();
        questions.forEach(question -> placed(question.change(), () -> answer(question)));
        write();
    }

    private void placed(ResourceChange change, Runnable work) {
        try {
            work.run();
        } catch (ProblemException e) {
            throw additions.placed(change.key(), e);
        }
    }

    private void lock() {
        Set<ResourceKey> patients = new LinkedHashSet<>();
        Set<ResourceKey> persons = new LinkedHashSet<>();
        for (Question question : questions) {
            if (question.decides()) {
                patients.add(question.task().patient());
                question.task().candidates().forEach(candidate -> {
                    persons.add(candidate.person());
                    if (candidate.record() != null) {
                        patients.add(candidate.record());
                    }
                });
            }
        }
        if (patients.isEmpty()) {
            return;
        }
        Set<ResourceKey> all = new LinkedHashSet<>(patients);
        all.addAll(persons);
        numbers = additions.numbers(all);
        moves.lock(known(patients), known(persons));
    }

    private List<Long> known(Set<ResourceKey> keys) {
        return keys.stream().map(numbers::get).filter(Objects::nonNull).toList();
    }

    private @Nullable PersonDraft personOf(@Nullable ResourceKey patient) {
        Long number = patient == null ? null : numbers.get(patient);
        return number == null ? null : moves.personOf(number);
    }

    private void answer(Question question) {
        ReviewTask task = question.task();
        String before = task.status();
        if (question.decides()) {
            decide(question);
        } else if (question.reading().answer() != null && !before.equals("in-progress")) {
            task.status("on-hold", additions.now());
        }
        String sent = question.reading().sentStatus();
        if (!sent.equals(before) && !sent.equals(task.status())) {
            throw AnswerReader.refusal(
                    "Task.status",
                    "the status follows from the answer and is " + task.status() + "; it may be left at " + before);
        }
    }

    private void decide(Question question) {
        ReviewTask task = question.task();
        PersonDraft own = personOf(task.patient());
        if (own == null) {
            task.close(Closure.PATIENT_DELETED, additions.now());
            return;
        }
        if (task.ownPerson() != null && !own.key().equals(task.ownPerson())) {
            task.close(Closure.PATIENT_MOVED, additions.now());
            return;
        }
        Member patient = member(own, task.patient());
        if (question.answer().decision() == Decision.LINK) {
            link(question, patient, own);
        } else {
            tellApart(question, patient, own);
        }
    }

    private static Member member(PersonDraft person, ResourceKey patient) {
        return person.members().stream()
                .filter(member -> member.key().equals(patient))
                .findFirst()
                .orElseThrow();
    }

    /**
     * The person that a candidate is by now: the one that its patients were given to if it has none any more; null when
     * it has lost the patient for whose sake it was asked about, or is nobody.
     */
    private @Nullable PersonDraft present(ReviewTask.Candidate candidate) {
        Long number = numbers.get(candidate.person());
        PersonDraft asked = number == null ? null : moves.lockedPerson(number);
        PersonDraft ofRecord = personOf(candidate.record());
        if (asked == null || asked.members().isEmpty()) {
            return ofRecord;
        }
        return ofRecord == null || ofRecord == asked ? asked : null;
    }

    private void link(Question question, Member patient, PersonDraft own) {
        ReviewTask task = question.task();
        Answer answer = question.answer();
        PersonDraft person = task.candidates().stream()
                .filter(candidate -> candidate.person().equals(answer.person()))
                .findFirst()
                .map(this::present)
                .orElse(null);
        if (person == null) {
            task.close(Closure.CANDIDATE_GONE, additions.now());
            return;
        }
        List<Member> others = Suspect.others(person, patient);
        Set<Conflict> contradictions = PersonStewardship.contradictions(
                own == person ? List.of(patient) : own.members(), own == person ? others : person.members());
        List<Steward> stewards = contradictions.isEmpty() ? List.of(answer.by()) : agreed(question);
        if (stewards.isEmpty()) {
            awaitSecond(task, contradictions);
            return;
        }
        task.status("completed", additions.now());
        task.businessStatus(null, "");
        if (own != person) {
            join(question, patient, own, person, stewards);
        }
    }

    private void join(Question question, Member patient, PersonDraft own, PersonDraft person, List<Steward> stewards) {
        Explanation weighed = links.matcher().explained(links.matcher().weigh(patient.traits(), person));
        Explanation why = new Explanation("linked-by-steward", weighed.weight(), weighed.fields(), weighed.conflicts());
        List<Member> moving = List.copyOf(own.members());
        for (Member member : moving) {
            person.members().forEach(other -> reunited.add(new Apart(member.number(), other.number())));
        }
        for (Member member : moving) {
            boolean asked = member.number() == patient.number();
            moves.move(member.number(), person, asked ? accepted(member.assurance()) : member.assurance());
        }
        // All of them go together: nobody is told apart from anybody.
        told(question, moving.size() == 1 ? Activity.LINK : Activity.MERGE, stewards, why, Exposure.NONE);
    }

    private static Assurance accepted(Assurance before) {
        return before.compareTo(Assurance.LEVEL2) < 0 ? Assurance.LEVEL2 : before;
    }

    private void told(
            Question question, Activity activity, List<Steward> stewards, Explanation why, Exposure exposure) {
        moves.decide(activity, stewards.stream().map(Steward::reference).toList(), why, question.change(), exposure);
        decided.add(question);
    }

    /** Those who say together that it is the same person; nobody while one word stands alone. */
    private static List<Steward> agreed(Question question) {
        Answer answer = question.answer();
        List<Answer> same = question.reading().given().stream()
                .filter(given -> given.decision() == Decision.LINK)
                .filter(given -> Objects.equals(given.person(), answer.person()) || given.person() == null)
                .toList();
        if (same.isEmpty()) {
            return List.of();
        }
        return same.stream()
                .filter(given -> answer.by().isAnother(given.by()))
                .findFirst()
                .map(first -> List.of(first.by(), answer.by()))
                .orElseThrow(() -> AnswerReader.conflict(
                        Steward.PLACE,
                        "the second of two stewards must be certainly another than the first: what is verified about"
                                + " the records contradicts"));
    }

    private void awaitSecond(ReviewTask task, Set<Conflict> contradictions) {
        task.status("in-progress", additions.now());
        task.businessStatus(
                "second-steward-needed",
                "A second steward is needed: the records contradict each other in "
                        + String.join(
                                ", ",
                                contradictions.stream().map(PersonMatcher::word).toList()));
    }

    private void tellApart(Question question, Member patient, PersonDraft own) {
        ReviewTask task = question.task();
        Set<PersonDraft> persons = new LinkedHashSet<>();
        for (ReviewTask.Candidate candidate : task.candidates()) {
            PersonDraft person = present(candidate);
            if (person != null) {
                persons.add(person);
            }
        }
        boolean together = persons.remove(own);
        boolean leaves = together && task.isOfUpdate();
        if (persons.isEmpty() && !leaves) {
            task.close(together ? Closure.ALREADY_LINKED : Closure.CANDIDATE_GONE, additions.now());
            return;
        }
        task.status("completed", additions.now());
        task.businessStatus(null, "");
        persons.forEach(person -> putApart(patient, person.members()));
        if (leaves) {
            putApart(patient, Suspect.others(own, patient));
            moves.move(patient.number(), moves.fresh(), Assurance.LEVEL1);
            Explanation why = new Explanation("told-apart-by-steward", 0, List.of(), List.of());
            Exposure exposure = links.exposures.of(own, moves.leaving(), null, additions.now());
            told(question, Activity.UNLINK, List.of(question.answer().by()), why, exposure);
        }
    }

    private void putApart(Member patient, List<Member> others) {
        others.forEach(other -> apart.add(new Apart(patient.number(), other.number())));
    }

    private void write() {
        if (!decided.isEmpty()) {
            List<ResourceChange> provenances = moves.write().decisions();
            for (int i = 0; i < provenances.size(); i++) {
                decided.get(i).task().decided(provenances.get(i).key());
            }
        }
        links.journal.setApart(reunited, false);
        links.journal.setApart(apart, true);
        for (Question question : questions) {
            additions.revise(
                    question.change(),
                    question.task().content(),
                    additions.numbers(LocalReferences.within(question.task().content())));
        }
    }
}

package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.countyhub.fhir.resource.LocalReferences;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.transaction.ChangeFollower.Additions;
import org.jspecify.annotations.Nullable;

/**
 * Questions that nobody has answered yet. They are found by their patient through the index on {@code Task.focus}, and
 * closed in the transaction that makes an answer needless. Locks on Tasks come before those on persons, which are held
 * by then: a Task that somebody else has locked is left to them, who see for themselves when they hold the persons.
 */
final class OpenQuestions {
    private final PersonLinks links;
    private final Additions additions;

    OpenQuestions(PersonLinks links, Additions additions) {
        this.links = links;
        this.additions = additions;
    }

    /** Asks a steward. */
    static ResourceKey ask(
            Member patient,
            PersonDraft own,
            List<Suspect> suspects,
            Explanation why,
            Additions additions,
            ToLongFunction<PersonDraft> numbers) {
        Map<ResourceKey, Long> references = new LinkedHashMap<>();
        references.put(patient.key(), patient.number());
        references.put(own.key(), numbers.applyAsLong(own));
        for (Suspect suspect : suspects) {
            references.put(suspect.person().key(), numbers.applyAsLong(suspect.person()));
            references.put(suspect.record().key(), suspect.record().number());
        }
        ObjectNode task = LinkRecords.review(patient.key(), own.key(), suspects, additions.now(), why);
        return additions.add(additions.fresh("Task"), null, task, references).key();
    }

    /**
     * Closes what is asked about these patients, by number.
     *
     * @param emptied persons whose patients were given to others: {@link Closure#ALREADY_LINKED} is said of those questions
     *     only that ask about nobody else
     * @param except a question that is being answered; null when there is none
     */
    void close(Map<Long, Closure> settled, Set<ResourceKey> emptied, @Nullable ResourceKey except) {
        if (settled.isEmpty()) {
            return;
        }
        List<ResourceKey> tasks = links.journal.questionsAbout(settled.keySet());
        if (tasks.isEmpty()) {
            return;
        }
        for (ResourceKey task : tasks) {
            if (task.equals(except)) {
                continue;
            }
            StoredVersion stored = additions.lockIfFree(task);
            ReviewTask question = stored == null || !stored.change().readable()
                    ? null
                    : ReviewTask.of(links.parser.read(stored.json()));
            if (stored != null && question != null && question.isOpen()) {
                Closure reason = reason(question, settled, emptied);
                if (reason != null) {
                    question.close(reason, additions.now());
                    additions.add(
                            task,
                            stored,
                            question.content(),
                            additions.numbers(LocalReferences.within(question.content())));
                }
            }
        }
    }

    private @Nullable Closure reason(ReviewTask question, Map<Long, Closure> settled, Set<ResourceKey> emptied) {
        Long patient = additions.numbers(List.of(question.patient())).get(question.patient());
        Closure reason = patient == null ? null : settled.get(patient);
        boolean others = question.candidates().stream().anyMatch(candidate -> !emptied.contains(candidate.person()));
        return reason == Closure.ALREADY_LINKED && others ? null : reason;
    }
}

package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.countyhub.fhir.identity.link.PersonStore.Holder;
import org.countyhub.fhir.identity.link.RematchStore.Round;
import org.countyhub.fhir.identity.link.RematchStore.Work;
import org.countyhub.fhir.identity.match.Traits;
import org.countyhub.fhir.resource.LocalReferences;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStore;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.transaction.ChangeFollower.Additions;
import org.countyhub.fhir.transaction.TransactionService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides again what an earlier model decided, each case in a transaction of its own and under the locks of a write: open
 * questions to stewards, and patients that stand alone. What a steward or a write has moved on since is left alone.
 */
public final class Rematching {
    private static final Logger LOG = LoggerFactory.getLogger(Rematching.class);
    private static final int BATCH = 100;

    /** Whoever is certainly the same shares a code, or two traits at the least. */
    private static final int SHARED_TRAITS = 2;

    private final PersonLinks links;
    private final RematchStore store;
    private final ResourceStore resources;
    private final TransactionService transactions;
    private final LocalReferences local;

    public Rematching(
            PersonLinks links,
            RematchStore store,
            ResourceStore resources,
            TransactionService transactions,
            LocalReferences local) {
        this.links = links;
        this.store = store;
        this.resources = resources;
        this.transactions = transactions;
        this.local = local;
    }

    /** What became of one case. */
    public enum Outcome {
        /** It was certain: linked, and the question, if there was one, is answered. */
        LINKED,
        /** There is nothing to ask any more. */
        CANCELLED,
        /** There still is, by other evidence. */
        REFRESHED,
        /** As it was. */
        UNCHANGED,
        /** Somebody has dealt with it since, or it is no matter of weights. */
        MOVED_ON,
        /** It could not be decided now; the log says why. */
        FAILED
    }

    /**
     * Goes on with the round of the model in use, or begins one, until it is done.
     *
     * @param most cases in this run
     * @param goOn asked before each case
     * @return what became of how many; empty when the round was done before
     */
    public Map<Outcome, Integer> run(Work work, int most, BooleanSupplier goOn) {
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        Round round = round(work);
        int left = most;
        while (!round.done() && left > 0 && goOn.getAsBoolean()) {
            List<StoredVersion> batch = store.next(work, round.position(), Math.min(BATCH, left));
            for (StoredVersion next : batch) {
                boolean beyond = round.wrapped() && next.surrogate() > round.began();
                if (beyond || !goOn.getAsBoolean()) {
                    round = beyond ? round.at(round.began()) : round;
                    break;
                }
                outcomes.merge(decide(work, next), 1, Integer::sum);
                round = round.at(next.surrogate());
                left--;
            }
            round = batch.isEmpty() ? round.turned() : round;
            store.keep(work, round);
        }
        return outcomes;
    }

    private Round round(Work work) {
        int model = links.matcher().version();
        Round last = store.round(work);
        return last != null && last.model() == model ? last : Round.begin(model, last == null ? 0 : last.position());
    }

    private Outcome decide(Work work, StoredVersion next) {
        try {
            return switch (work) {
                case QUESTIONS -> question(next);
                case LONERS -> loner(next);
            };
        } catch (RuntimeException e) {
            LOG.warn("{} could not be decided again", next.key(), e);
            return Outcome.FAILED;
        }
    }

    private Outcome question(StoredVersion listed) {
        ResourceKey patient = focus(links.parser.read(listed.json()));
        return patient == null
                ? Outcome.MOVED_ON
                : transactions.write(additions -> question(listed.key(), patient, additions));
    }

    private Outcome question(ResourceKey key, ResourceKey patientKey, Additions additions) {
        Map<ResourceKey, StoredVersion> now = resources.lockAndLookUp(
                List.of(key.toString()), List.of(patientKey.toString()), List.of(key, patientKey));
        StoredVersion task = now.get(key);
        StoredVersion patient = now.get(patientKey);
        if (task == null
                || !task.change().readable()
                || patient == null
                || !patient.change().readable()) {
            return Outcome.MOVED_ON;
        }
        Question question = new Question(links.parser.read(task.json()));
        if (!question.isOpen() || !patientKey.equals(focus(question.task()))) {
            return Outcome.MOVED_ON;
        }
        Linking.Again again = new Linking(links, additions).again(links.arrival(patient), key);
        Question.Answer answer = question.answer(again, links.matcher().version(), additions.now());
        if (answer.task() != null) {
            additions.add(key, task, answer.task(), references(answer.task()));
        }
        return answer.outcome();
    }

    private @Nullable ResourceKey focus(ObjectNode task) {
        return local.key(task.path("focus").path("reference").asText());
    }

    /** The numbers of all that a Task refers to; one that the transaction itself makes is numbered by it. */
    private Map<ResourceKey, Long> references(ObjectNode task) {
        Set<ResourceKey> keys = new LinkedHashSet<>();
        for (String reference : task.findValuesAsText("reference")) {
            ResourceKey key = local.key(reference);
            if (key != null) {
                keys.add(key);
            }
        }
        Map<ResourceKey, Long> numbers = new HashMap<>();
        resources
                .lockAndLookUp(List.of(), List.of(), keys)
                .forEach((key, stored) -> numbers.put(key, stored.surrogate()));
        return numbers;
    }

    /** Looks without locks first: few of those that stand alone are somebody's. */
    private Outcome loner(StoredVersion listed) {
        if (!isSomebodys(listed)) {
            return Outcome.UNCHANGED;
        }
        ResourceKey key = listed.key();
        return transactions.write(additions -> {
            StoredVersion patient = resources
                    .lockAndLookUp(List.of(), List.of(key.toString()), List.of(key))
                    .get(key);
            if (patient == null || !patient.change().readable()) {
                return Outcome.MOVED_ON;
            }
            Linking.Again again = new Linking(links, additions).again(links.arrival(patient), null);
            if (again == null) {
                return Outcome.MOVED_ON;
            }
            return again.verdict() instanceof Verdict.Link ? Outcome.LINKED : Outcome.UNCHANGED;
        });
    }

    private boolean isSomebodys(StoredVersion listed) {
        Traits traits = links.traits(links.parser.read(listed.json()));
        PatientKeys keys = PersonMatcher.keys(traits);
        Map<Long, Integer> shared = new HashMap<>();
        for (Holder holder : links.store.holders(keys.codes(), keys.asked())) {
            shared.merge(holder.patient(), keys.codes().contains(holder.key()) ? SHARED_TRAITS : 1, Integer::sum);
        }
        shared.remove(listed.surrogate());
        shared.values().removeIf(many -> many < SHARED_TRAITS);
        if (shared.isEmpty()) {
            return false;
        }
        List<PersonDraft> drafts = links.store.personsOf(shared.keySet()).stream()
                .map(links::draft)
                .toList();
        return links.matcher().decide(traits, drafts) instanceof Verdict.Link;
    }
}

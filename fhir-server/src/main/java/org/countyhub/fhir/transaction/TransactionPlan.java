package org.countyhub.fhir.transaction;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.countyhub.fhir.resource.ResourceChange;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.search.model.SearchQuery;
import org.countyhub.fhir.transaction.WriteOutcome.Effect;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a transaction, inside the database transaction: resolve conditions, give every write its resource,
 * rewrite references, lock, check, write. Deletes come before creates and those before updates (FHIR R4 section
 * 3.1.0.11.2).
 */
final class TransactionPlan {
    private final TransactionService service;
    private final List<PlannedWrite> writes;
    private final boolean alone;
    /** References that an earlier attempt came upon when it was too late to wait for their locks. */
    private final Set<ResourceKey> learnt;

    private final Resolution resolution;
    private final ReferenceRewriter rewriter;

    /** The resource of each write; null where a condition met nothing. */
    private final @Nullable ResourceKey[] keys;

    /** What conditional creates found, by the place of the write. */
    private final Map<Integer, StoredVersion> matched = new HashMap<>();

    private final PlannedVersions versions;
    private final @Nullable WriteOutcome[] outcomes;

    TransactionPlan(TransactionService service, List<PlannedWrite> writes, boolean alone, Set<ResourceKey> learnt) {
        this.service = service;
        this.writes = writes;
        this.alone = alone;
        this.learnt = learnt;
        this.versions = new PlannedVersions(service);
        this.resolution = new Resolution(service.search, service.store);
        this.rewriter = new ReferenceRewriter(service.local, service.definitions, service.policy.missingReferences());
        this.keys = new @Nullable ResourceKey[writes.size()];
        this.outcomes = new @Nullable WriteOutcome[writes.size()];
    }

    List<ResourceChange> changes() {
        return versions.changes();
    }

    List<WriteOutcome> outcomes() {
        return Arrays.stream(outcomes).map(Objects::requireNonNull).toList();
    }

    void run() {
        if (alone) {
            service.store.lockEverything();
        }
        Map<Resolution.Condition, Draft.Slot.Literal> conditional = resolveConditions();
        assignKeys();
        followConditionalReferences(conditional);
        requireOneWriteEach();
        Set<ResourceKey> referenced = new LinkedHashSet<>(learnt);
        for (int i = 0; i < writes.size(); i++) {
            Draft draft = writes.get(i).draft();
            if (draft != null && !matched.containsKey(i)) {
                rewriter.rewrite(draft);
                referenced.addAll(draft.named());
            }
        }
        Map<ResourceKey, StoredVersion> current = lockAndLookUp(referenced);
        requireSameMatches(current);
        new ChangePlanner(service, current, rewriter, versions, learnt).plan(writes, keys, matched, outcomes);
    }

    /** Looks every condition up; gives those that references name, each with the first reference that does. */
    private Map<Resolution.Condition, Draft.Slot.Literal> resolveConditions() {
        Map<Resolution.Condition, SearchQuery> queries = new LinkedHashMap<>();
        for (PlannedWrite write : writes) {
            if (write.condition() != null && write.query() != null) {
                queries.put(write.condition(), write.query());
            }
        }
        Map<Resolution.Condition, Draft.Slot.Literal> conditional = conditionalReferences(queries);
        resolution.resolve(queries, writes, alone);
        return conditional;
    }

    /**
     * Section 3.1.0.11.2 resolves conditional references last, so that one may mean what an entry with the same
     * criteria makes.
     */
    private void followConditionalReferences(Map<Resolution.Condition, Draft.Slot.Literal> conditional) {
        Map<Resolution.Condition, ResourceKey> made = new HashMap<>();
        for (int i = 0; i < writes.size(); i++) {
            Resolution.Condition condition = writes.get(i).condition();
            ResourceKey key = keys[i];
            if (condition != null && key != null && writes.get(i).creates()) {
                made.put(condition, key);
            }
        }
        conditional.forEach((condition, slot) -> {
            StoredVersion match = resolution.one(condition, slot.place());
            ResourceKey key = match == null ? made.get(condition) : match.key();
            if (key == null) {
                throw Problem.unprocessable(
                        Fault.at(slot.place() + ".reference", "not-found", "no resource meets " + slot.sent()));
            }
            rewriter.found(condition, key);
        });
    }

    private Map<Resolution.Condition, Draft.Slot.Literal> conditionalReferences(
            Map<Resolution.Condition, SearchQuery> queries) {
        Map<Resolution.Condition, Draft.Slot.Literal> conditional = new LinkedHashMap<>();
        for (PlannedWrite write : writes) {
            if (write.draft() == null) {
                continue;
            }
            for (Draft.Slot slot : write.draft().slots()) {
                if (slot instanceof Draft.Slot.Literal literal
                        && literal.form() instanceof ReferenceForm.Conditional(String type, String criteria)) {
                    if (!service.definitions.isResourceType(type)) {
                        throw Problem.malformed(
                                Fault.at(literal.place() + ".reference", "value", "there is no resource type " + type));
                    }
                    Resolution.Condition condition = Resolution.Condition.of(type, criteria);
                    queries.computeIfAbsent(condition, key -> parse(type, criteria, literal));
                    conditional.putIfAbsent(condition, literal);
                }
            }
        }
        return conditional;
    }

    private SearchQuery parse(String type, String criteria, Draft.Slot.Literal literal) {
        try {
            return service.criteria.parse(type, criteria, 2);
        } catch (ProblemException e) {
            String place = literal.place() + ".reference";
            throw e.problem()
                    .with(e.problem().faults().stream()
                            .map(fault -> Fault.at(place, fault.code(), fault.diagnostics()))
                            .toList())
                    .exception();
        }
    }

    private void assignKeys() {
        for (int i = 0; i < writes.size(); i++) {
            PlannedWrite write = writes.get(i);
            keys[i] = key(write, i);
            if (keys[i] != null) {
                rewriter.know(write.request().fullUrl(), keys[i]);
            }
        }
    }

    private @Nullable ResourceKey key(PlannedWrite write, int place) {
        Resolution.Condition condition = write.condition();
        if (condition == null) {
            return switch (write.request().operation()) {
                case WriteOperation.Create ignored -> write.newId();
                case WriteOperation.Update ignored -> write.newId();
                case WriteOperation.PatchResource patch -> ((Target.ById) patch.target()).key();
                case WriteOperation.Delete delete -> ((Target.ById) delete.target()).key();
            };
        }
        StoredVersion match = resolution.one(condition, write.request().place());
        if (match == null) {
            return write.newId();
        }
        if (write.request().operation() instanceof WriteOperation.Create) {
            matched.put(place, match);
        }
        if (write.request().operation() instanceof WriteOperation.Update update) {
            requireSameId(update, match, write.request());
        }
        return match.key();
    }

    /** Section 3.1.0.4.3: an id in the body of a conditional update must be that of the match. */
    private static void requireSameId(WriteOperation.Update update, StoredVersion match, WriteRequest request) {
        String id = update.resource().path("id").asText();
        if (!id.isEmpty() && !id.equals(match.key().id())) {
            throw Problem.malformed(Fault.at(
                    request.content(match.key().type(), "id"),
                    "value",
                    "the resource has id " + id + " but the criteria find " + match.key()));
        }
    }

    /** Section 3.1.0.11.2: a transaction in which two writes meet in one resource fails. */
    private void requireOneWriteEach() {
        Set<ResourceKey> seen = new HashSet<>();
        Set<Resolution.Condition> created = new HashSet<>();
        for (int i = 0; i < writes.size(); i++) {
            ResourceKey key = keys[i];
            Resolution.Condition condition = writes.get(i).condition();
            boolean twice = (key != null && !seen.add(key))
                    || (condition != null && writes.get(i).creates() && !created.add(condition));
            if (twice) {
                throw Problem.malformed(Fault.at(
                        writes.get(i).request().place(),
                        "duplicate",
                        "two entries of the transaction write " + (condition == null ? key : condition)));
            }
        }
    }

    /**
     * What a condition found was not locked yet and may have been changed or deleted meanwhile. Then it is looked up
     * again, and if it finds something else now, the transaction is planned again.
     */
    private void requireSameMatches(Map<ResourceKey, StoredVersion> current) {
        for (int i = 0; i < writes.size(); i++) {
            Resolution.Condition condition = writes.get(i).condition();
            StoredVersion match = condition == null ? null : resolution.one(condition, "");
            StoredVersion now = match == null ? null : current.get(match.key());
            if (condition == null || match == null || now == null || now.version() == match.version()) {
                continue;
            }
            boolean same = matched.containsKey(i)
                    ? now.change().readable()
                    : resolution.stillFinds(
                            condition, Objects.requireNonNull(writes.get(i).query()), match.key());
            if (!same) {
                throw Db.again("what " + condition.type() + " criteria found is another now");
            }
        }
    }

    private Map<ResourceKey, StoredVersion> lockAndLookUp(Set<ResourceKey> referenced) {
        Set<ResourceKey> written = new LinkedHashSet<>();
        Set<ResourceKey> made = new HashSet<>();
        for (int i = 0; i < writes.size(); i++) {
            ResourceKey key = keys[i];
            if (key == null || matched.containsKey(i)) {
                continue;
            }
            // A fresh id of this server's own making cannot be known to anyone else yet.
            boolean fresh = writes.get(i).request().operation() instanceof WriteOperation.Create;
            (fresh ? made : written).add(key);
        }
        Set<ResourceKey> shared = new LinkedHashSet<>(referenced);
        shared.removeAll(written);
        shared.removeAll(made);
        Set<ResourceKey> all = new LinkedHashSet<>(written);
        all.addAll(shared);
        return alone
                ? service.store.lockAndLookUp(List.of(), List.of(), all)
                : service.store.lockAndLookUp(names(written), names(shared), all);
    }

    static List<String> names(Set<ResourceKey> keys) {
        return keys.stream().map(ResourceKey::toString).toList();
    }

    /** The effect of each write that made a version, so that nothing can be forgotten. */
    static WriteOutcome outcome(Effect effect, ResourceChange change) {
        return new WriteOutcome(effect, change.key(), change.stored());
    }
}

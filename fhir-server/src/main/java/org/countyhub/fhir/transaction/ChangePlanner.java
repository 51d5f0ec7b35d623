package org.countyhub.fhir.transaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.fhir.resource.Change;
import org.countyhub.fhir.resource.LocalReferences;
import org.countyhub.fhir.resource.RecordKind;
import org.countyhub.fhir.resource.ResourceChange;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStamp;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.transaction.WriteOutcome.Effect;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/** From located writes and what is stored now to the versions to be written. */
final class ChangePlanner {
    private static final int MAX_REFERRERS_NAMED = 5;

    /**
     * So many changes, and they are written before followers take locks, so that others wait less long for those; with fewer,
     * another round trip would cost more.
     */
    private static final int MANY = 20;

    private final TransactionService service;
    private final Map<ResourceKey, StoredVersion> current;
    private final ReferenceRewriter rewriter;
    private final PlannedVersions planned;
    private final Set<ResourceKey> learnt;
    /** Every local resource referred to by the new contents, and the first place that does. */
    private final Map<ResourceKey, String> referenced = new LinkedHashMap<>();

    private final List<Draft.VersionReference> versions = new ArrayList<>();
    /** What the new contents name without referring to it; it need not exist. */
    private final Set<ResourceKey> mentioned = new LinkedHashSet<>();

    ChangePlanner(
            TransactionService service,
            Map<ResourceKey, StoredVersion> current,
            ReferenceRewriter rewriter,
            PlannedVersions planned,
            Set<ResourceKey> learnt) {
        this.service = service;
        this.current = new HashMap<>(current);
        this.rewriter = rewriter;
        this.planned = planned;
        this.learnt = learnt;
    }

    void plan(
            List<PlannedWrite> writes,
            @Nullable ResourceKey[] keys,
            Map<Integer, StoredVersion> matched,
            @Nullable WriteOutcome[] outcomes) {
        Set<Long> deleted = new LinkedHashSet<>();
        for (int i = 0; i < writes.size(); i++) {
            StoredVersion match = matched.get(i);
            ResourceKey written = keys[i];
            if (written != null && match == null) {
                planned.requested(written, writes.get(i).request());
            }
            try {
                outcomes[i] = match != null
                        ? new WriteOutcome(Effect.MATCHED, match.key(), match)
                        : plan(writes.get(i), keys[i], deleted);
            } catch (ProblemException e) {
                throw writes.get(i).request().placed(e);
            }
        }
        settleReferences();
        refuseReferenced(deleted);
        service.naming.check(planned.changes(), writes, keys);
        List<ResourceChange> own = List.copyOf(planned.changes());
        if (own.size() >= MANY) {
            planned.write();
        }
        if (!own.isEmpty()) {
            service.followers.forEach(follower -> follower.follow(own, planned));
        }
        if (planned.anySettled()) {
            Arrays.setAll(outcomes, i -> planned.settled(java.util.Objects.requireNonNull(outcomes[i])));
        }
        planned.write();
    }

    private WriteOutcome plan(PlannedWrite write, @Nullable ResourceKey key, Set<Long> deleted) {
        WriteRequest request = write.request();
        return switch (request.operation()) {
            case WriteOperation.Delete delete -> delete(delete, key, deleted);
            case WriteOperation.Create ignored -> create(draft(write), key(key));
            case WriteOperation.Update update -> update(draft(write), update.preconditions(), key(key));
            case WriteOperation.PatchResource patch -> patch(patch, key, request);
        };
    }

    private static Draft draft(PlannedWrite write) {
        return java.util.Objects.requireNonNull(write.draft());
    }

    private static ResourceKey key(@Nullable ResourceKey key) {
        return java.util.Objects.requireNonNull(key);
    }

    private WriteOutcome create(Draft draft, ResourceKey key) {
        return add(Effect.CREATED, Change.CREATE, key, null, draft);
    }

    private WriteOutcome update(Draft draft, Preconditions preconditions, ResourceKey key) {
        StoredVersion stored = current.get(key);
        preconditions.require(stored, key);
        if (stored == null || !stored.change().readable()) {
            return add(Effect.CREATED, Change.UPDATE, key, stored, draft);
        }
        if (sameContent(draft.resource, planned.tree(stored))) {
            noteReferences(draft, stored);
            return new WriteOutcome(Effect.UNCHANGED, key, stored);
        }
        return add(Effect.UPDATED, Change.UPDATE, key, stored, draft);
    }

    private WriteOutcome patch(WriteOperation.PatchResource patch, @Nullable ResourceKey key, WriteRequest request) {
        StoredVersion stored = key == null ? null : current.get(key);
        if (key == null || stored == null || stored.change() == Change.NONE) {
            throw Problem.notFound(key == null ? "no resource meets the criteria" : key + " is not known");
        }
        if (stored.change() == Change.DELETE) {
            throw gone(stored);
        }
        patch.preconditions().require(stored, key);
        ObjectNode patched = patch.patch().apply(planned.tree(stored));
        service.parser.check(patched);
        Draft draft = service.draft(patched, request);
        rewriter.rewrite(draft);
        lookUpMissing(draft.named());
        return update(draft, Preconditions.NONE, key);
    }

    /**
     * What a patch refers to is known only when the resource is locked, and to wait for more locks then could be to wait
     * for someone who waits for this one. If they are not free, the transaction is planned again and takes them in order.
     */
    private void lookUpMissing(Set<ResourceKey> keys) {
        Set<ResourceKey> unknown = new HashSet<>(keys);
        unknown.removeAll(current.keySet());
        unknown.removeAll(learnt);
        if (unknown.isEmpty()) {
            return;
        }
        if (!service.store.tryLockShared(TransactionPlan.names(unknown))) {
            learnt.addAll(unknown);
            throw Db.again("a patch refers to what another transaction writes");
        }
        current.putAll(service.store.lockAndLookUp(List.of(), List.of(), unknown));
    }

    private WriteOutcome delete(WriteOperation.Delete delete, @Nullable ResourceKey key, Set<Long> deleted) {
        StoredVersion stored = key == null ? null : current.get(key);
        if (key == null || stored == null || !stored.change().readable()) {
            if (key == null) {
                delete.preconditions().requireOfNothing(delete.target().type());
            } else if (delete.preconditions().expectsAny()) {
                delete.preconditions().require(stored, key);
            }
            boolean known = stored != null && stored.change() != Change.NONE;
            return new WriteOutcome(Effect.NOTHING, key, known ? stored : null);
        }
        delete.preconditions().require(stored, key);
        ResourceChange change = planned.deletion(stored);
        deleted.add(stored.surrogate());
        return TransactionPlan.outcome(Effect.DELETED, change);
    }

    private WriteOutcome add(Effect effect, Change kind, ResourceKey key, @Nullable StoredVersion stored, Draft draft) {
        ResourceChange change = planned.version(kind, key, stored, draft.resource, draft.references.keySet());
        noteReferences(draft, stored);
        return TransactionPlan.outcome(effect, change);
    }

    private void noteReferences(Draft draft, @Nullable StoredVersion stored) {
        Set<ResourceKey> told = stored == null ? Set.of() : toldBefore(stored);
        draft.references.forEach((key, place) -> {
            if (told.contains(key)) {
                mentioned.add(key);
            } else {
                referenced.putIfAbsent(key, place);
            }
        });
        versions.addAll(draft.versions);
        mentioned.addAll(draft.mentions);
    }

    /** What the server keeps says what was: whoever adds to it need not mind that some of that is deleted now. */
    private Set<ResourceKey> toldBefore(StoredVersion stored) {
        ObjectNode content = stored.change().readable() ? planned.tree(stored) : null;
        return content == null || RecordKind.of(content) == null ? Set.of() : LocalReferences.within(content);
    }

    private boolean sameContent(ObjectNode sent, ObjectNode stored) {
        return Arrays.equals(
                service.writer.write(ResourceStamp.unstamped(sent)),
                service.writer.write(ResourceStamp.unstamped(stored)));
    }

    static RuntimeException gone(StoredVersion stored) {
        return new Problem.Gone(List.of(Fault.of("deleted", stored.key() + " was deleted")), stored.location())
                .exception();
    }

    /** Every resource referred to must be there after this transaction, or gets a number that stands for it. */
    private void settleReferences() {
        Set<ResourceKey> made = new HashSet<>();
        Set<ResourceKey> ended = new HashSet<>();
        requireVersions();
        for (ResourceChange change : planned.changes()) {
            (change.change() == Change.DELETE ? ended : made).add(change.key());
        }
        referenced.forEach((key, place) -> {
            StoredVersion stored = current.get(key);
            boolean there =
                    made.contains(key) || (stored != null && stored.change().readable() && !ended.contains(key));
            if (!there && !service.policy.missingReferences()) {
                throw Problem.unprocessable(Fault.at(
                        place + ".reference", "not-found", "the reference is to " + key + ", which does not exist"));
            }
            planned.number(key, current.get(key));
        });
        mentioned.removeAll(referenced.keySet());
        mentioned.forEach(key -> planned.number(key, current.get(key)));
    }

    /** A version that never was is as missing as a resource that never was. */
    private void requireVersions() {
        if (versions.isEmpty() || service.policy.missingReferences()) {
            return;
        }
        Map<ResourceKey, Integer> newest = new HashMap<>();
        current.forEach((key, stored) -> newest.put(key, stored.version()));
        planned.changes().forEach(change -> newest.put(change.key(), change.version()));
        for (Draft.VersionReference reference : versions) {
            String version = reference.version();
            boolean numbered = version.matches("[1-9][0-9]{0,8}");
            if (!numbered || Integer.parseInt(version) > newest.getOrDefault(reference.key(), 0)) {
                throw Problem.unprocessable(Fault.at(
                        reference.place() + ".reference",
                        "not-found",
                        "the reference is to version " + version + " of " + reference.key()
                                + ", which does not exist"));
            }
        }
    }

    private void refuseReferenced(Set<Long> deleted) {
        if (deleted.isEmpty() || service.policy.referencedDeletes()) {
            return;
        }
        Set<ResourceKey> rewritten = new HashSet<>();
        planned.changes().forEach(change -> rewritten.add(change.key()));
        // Those that this transaction rewrites were checked with their new content.
        List<ResourceKey> referrers = service.store.referrers(deleted, MAX_REFERRERS_NAMED + rewritten.size()).stream()
                .filter(key -> !rewritten.contains(key))
                .limit(MAX_REFERRERS_NAMED)
                .toList();
        if (!referrers.isEmpty()) {
            throw Problem.conflict("still referred to by " + referrers);
        }
    }
}

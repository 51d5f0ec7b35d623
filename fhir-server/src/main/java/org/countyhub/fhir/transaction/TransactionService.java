package org.countyhub.fhir.transaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.countyhub.fhir.naming.NamingSystems;
import org.countyhub.fhir.resource.LocalReferences;
import org.countyhub.fhir.resource.ResourceChange;
import org.countyhub.fhir.resource.ResourceIds;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStore;
import org.countyhub.fhir.search.SearchStore;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.fhir.structure.ResourceParser;
import org.countyhub.fhir.structure.ResourceWriter;
import org.countyhub.fhir.structure.StructureWalk;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.ProblemException;

/**
 * Writes, one or many: all of them or none (FHIR R4 section 3.1.0.11.2). A single write is a transaction of one. The
 * work of a request is planned outside the database transaction as far as it can be, and planned again when the
 * database finds that two transactions met.
 */
public final class TransactionService {
    /** More than this many locks, and the transaction takes one lock on everything instead and runs alone. */
    private static final int MAX_LOCKED_ONE_BY_ONE = 300;

    /** What one conditional delete may delete at once; a client repeats it for more. */
    private static final int MAX_DELETED = 1_000;

    /** The changes of the transaction that is about to be committed, for those that are made on top of it. */
    private static final ScopedValue<List<ResourceChange>> JOINED = ScopedValue.newInstance();

    private final Db db;
    private final ResourceIds ids = new ResourceIds();
    private final StructureWalk walk;
    private final IdentifierNormalizer identifiers;
    final NamingRules naming;
    final WritePolicy policy;
    final Clock clock;
    final ResourceStore store;
    final SearchStore search;
    final CriteriaParser criteria;
    final ResourceParser parser;
    final ResourceWriter writer = new ResourceWriter();
    final LocalReferences local;
    final Definitions definitions;
    final List<ChangeFollower> followers = new CopyOnWriteArrayList<>();
    private final List<Consumer<List<ResourceChange>>> afterCommit = new CopyOnWriteArrayList<>();

    public TransactionService(
            Db db,
            ResourceStore store,
            SearchStore search,
            CriteriaParser criteria,
            Definitions definitions,
            NamingSystems systems,
            LocalReferences local,
            WritePolicy policy,
            Clock clock) {
        this.db = db;
        this.store = store;
        this.search = search;
        this.criteria = criteria;
        this.definitions = definitions;
        this.parser = new ResourceParser(definitions);
        this.walk = new StructureWalk(definitions);
        this.identifiers = new IdentifierNormalizer(systems);
        this.naming = new NamingRules(systems, search, policy);
        this.local = local;
        this.policy = policy;
        this.clock = clock;
    }

    /** Has the listener told of every committed change, in the thread that committed it. */
    public void afterCommit(Consumer<List<ResourceChange>> listener) {
        afterCommit.add(listener);
    }

    /** Has the follower see, and add to, what every transaction is about to write; to be called before the first one. */
    public void follow(ChangeFollower follower) {
        followers.add(follower);
    }

    /** As {@link #apply(List, Consumer)} with nothing to do before the commit. */
    public List<WriteOutcome> apply(List<WriteRequest> requests) {
        return apply(requests, outcomes -> {});
    }

    /**
     * Carries the writes out, all or none.
     *
     * @param requests writes of resources that passed the structure check; the trees are rewritten in place
     * @param beforeCommit sees what came of each write and may still refuse all; runs again when the transaction is planned again
     * @return one outcome for each request, in their order
     */
    public List<WriteOutcome> apply(List<WriteRequest> requests, Consumer<List<WriteOutcome>> beforeCommit) {
        if (!policy.multipleDeletes()) {
            return applyEach(requests, beforeCommit);
        }
        List<WriteRequest> expanded = new ArrayList<>();
        List<Integer> firsts = new ArrayList<>();
        for (WriteRequest request : requests) {
            firsts.add(expanded.size());
            expanded.addAll(each(request));
        }
        List<WriteOutcome> outcomes = applyEach(
                expanded,
                all -> beforeCommit.accept(firsts.stream().map(all::get).toList()));
        return firsts.stream().map(outcomes::get).toList();
    }

    /** A conditional delete as deletes of what it finds now; anything else as it is. */
    private List<WriteRequest> each(WriteRequest request) {
        if (!(request.operation() instanceof WriteOperation.Delete delete)
                || !(delete.target() instanceof Target.ByCriteria target)) {
            return List.of(request);
        }
        List<WriteRequest> deletes =
                search
                        .matches(List.of(criteria.parse(target.type(), target.criteria(), MAX_DELETED)))
                        .getFirst()
                        .stream()
                        .map(match -> new WriteOperation.Delete(new Target.ById(match.key()), delete.preconditions()))
                        .map(each -> new WriteRequest(each, null, request.place()))
                        .toList();
        return deletes.isEmpty() ? List.of(request) : deletes;
    }

    /**
     * Has the server itself write versions, all in one transaction.
     *
     * <p>Called by what is done before the commit of {@link #apply}, it writes in that transaction, and listeners are told after
     * that commit.
     *
     * @param work holds the locks for what it writes; runs again when the transaction is planned again
     */
    public <T> T write(Function<ChangeFollower.Additions, T> work) {
        Written<T> written = db.transaction(() -> {
            PlannedVersions versions = new PlannedVersions(this);
            T result = work.apply(versions);
            versions.write();
            return new Written<>(result, versions.changes());
        });
        if (JOINED.isBound()) {
            JOINED.get().addAll(written.changes());
        } else {
            tell(written.changes());
        }
        return written.result();
    }

    /** What {@link #write} would come to, with nothing of it kept. */
    public <T> T preview(Function<ChangeFollower.Additions, T> work) {
        try {
            db.transaction(() -> {
                throw new Undone(work.apply(new PlannedVersions(this)));
            });
        } catch (Undone undone) {
            @SuppressWarnings("unchecked") // it is what work has just returned
            T result = (T) undone.result;
            return result;
        }
        throw new IllegalStateException("a preview was kept");
    }

    /** Ends a transaction that is only looked at. */
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Object result;

        Undone(Object result) {
            super(null, null, false, false);
            this.result = result;
        }
    }

    private record Written<T>(T result, List<ResourceChange> changes) {}

    private void tell(List<ResourceChange> committed) {
        if (!committed.isEmpty()) {
            afterCommit.forEach(listener -> listener.accept(committed));
        }
    }

    private List<WriteOutcome> applyEach(List<WriteRequest> requests, Consumer<List<WriteOutcome>> beforeCommit) {
        List<PlannedWrite> writes = new ArrayList<>(requests.size());
        for (WriteRequest request : requests) {
            try {
                writes.add(PlannedWrite.of(request, this));
            } catch (ProblemException e) {
                throw request.placed(e);
            }
        }
        followers.forEach(follower -> follower.prepare(requests));
        boolean alone = PlannedWrite.locks(writes) > MAX_LOCKED_ONE_BY_ONE;
        Set<ResourceKey> learnt = new LinkedHashSet<>();
        Written<List<WriteOutcome>> written = db.transaction(() -> {
            TransactionPlan attempt = new TransactionPlan(this, writes, alone, learnt);
            attempt.run();
            List<ResourceChange> changes = new ArrayList<>(attempt.changes());
            ScopedValue.where(JOINED, changes).run(() -> beforeCommit.accept(attempt.outcomes()));
            return new Written<>(attempt.outcomes(), changes);
        });
        tell(written.changes());
        return written.result();
    }

    String newId() {
        return ids.next(clock.millis());
    }

    Draft draft(ObjectNode resource, WriteRequest request) {
        return Draft.of(resource, request.fullUrl(), request.content(), walk, identifiers, local);
    }
}

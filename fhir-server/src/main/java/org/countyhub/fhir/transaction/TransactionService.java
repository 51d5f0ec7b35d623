package org.countyhub.fhir.transaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
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

    private List<WriteOutcome> applyEach(List<WriteRequest> requests, Consumer<List<WriteOutcome>> beforeCommit) {
        List<PlannedWrite> writes = new ArrayList<>(requests.size());
        for (WriteRequest request : requests) {
            try {
                writes.add(PlannedWrite.of(request, this));
            } catch (ProblemException e) {
                throw request.placed(e);
            }
        }
        boolean alone = PlannedWrite.locks(writes) > MAX_LOCKED_ONE_BY_ONE;
        Set<ResourceKey> learnt = new LinkedHashSet<>();
        TransactionPlan plan = db.transaction(() -> {
            TransactionPlan attempt = new TransactionPlan(this, writes, alone, learnt);
            attempt.run();
            beforeCommit.accept(attempt.outcomes());
            return attempt;
        });
        if (!plan.changes().isEmpty()) {
            afterCommit.forEach(listener -> listener.accept(plan.changes()));
        }
        return plan.outcomes();
    }

    String newId() {
        return ids.next(clock.millis());
    }

    Draft draft(ObjectNode resource, WriteRequest request) {
        return Draft.of(resource, request.fullUrl(), request.content(), walk, identifiers, local);
    }
}

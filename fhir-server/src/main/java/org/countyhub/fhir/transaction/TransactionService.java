package org.countyhub.fhir.transaction;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.countyhub.fhir.naming.IdentifierSystems;
import org.countyhub.fhir.resource.LocalReferences;
import org.countyhub.fhir.resource.ResourceChange;
import org.countyhub.fhir.resource.ResourceIds;
import org.countyhub.fhir.resource.ResourceStore;
import org.countyhub.fhir.search.SearchStore;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.fhir.structure.ResourceParser;
import org.countyhub.fhir.structure.ResourceWriter;
import org.countyhub.fhir.structure.StructureWalk;
import org.countyhub.kernel.Db;

/**
 * Writes, one or many: all of them or none (FHIR R4 section 3.1.0.11.2). A single write is a transaction of one. The
 * work of a request is planned outside the database transaction as far as it can be, and planned again when the
 * database finds that two transactions met.
 */
public final class TransactionService {
    /** More than this many resources touched, and the transaction runs alone. */
    private static final int MAX_LOCKED_ONE_BY_ONE = 300;

    private final Db db;
    private final ResourceIds ids = new ResourceIds();
    private final StructureWalk walk;
    private final IdentifierNormalizer identifiers;
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
            IdentifierSystems systems,
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
        this.local = local;
        this.policy = policy;
        this.clock = clock;
    }

    /** Has the listener told of every committed change, in the thread that committed it. */
    public void afterCommit(Consumer<List<ResourceChange>> listener) {
        afterCommit.add(listener);
    }

    /**
     * Carries the writes out, all or none.
     *
     * @param requests writes of resources that passed the structure check; the trees are rewritten in place
     * @return one outcome for each request, in their order
     */
    public List<WriteOutcome> apply(List<WriteRequest> requests) {
        List<PlannedWrite> writes = new ArrayList<>(requests.size());
        for (WriteRequest request : policy.multipleDeletes() ? expanded(requests) : requests) {
            writes.add(PlannedWrite.of(request, this));
        }
        boolean alone = requests.size() + PlannedWrite.slots(writes) > MAX_LOCKED_ONE_BY_ONE;
        TransactionPlan plan = db.transaction(() -> {
            TransactionPlan attempt = new TransactionPlan(this, writes, alone);
            attempt.run();
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

    Draft draft(com.fasterxml.jackson.databind.node.ObjectNode resource, WriteRequest request) {
        return Draft.of(resource, request.fullUrl(), request.place(), walk, identifiers);
    }
}

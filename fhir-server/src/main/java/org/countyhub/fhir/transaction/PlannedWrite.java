package org.countyhub.fhir.transaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.search.model.SearchQuery;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A write with everything that can be known before the database is asked.
 *
 * @param draft the content; null for a patch and a delete
 * @param condition the criteria to resolve, or null
 * @param query the criteria, parsed
 * @param locks the names under which the condition excludes others; empty when there is none
 * @param newId the id of the resource should it come to be; null for a patch and a delete
 */
record PlannedWrite(
        WriteRequest request,
        @Nullable Draft draft,
        Resolution.@Nullable Condition condition,
        @Nullable SearchQuery query,
        Set<String> locks,
        @Nullable ResourceKey newId) {

    static PlannedWrite of(WriteRequest request, TransactionService service) {
        return switch (request.operation()) {
            case WriteOperation.Create create -> {
                Draft draft = service.draft(create.resource(), request);
                ResourceKey key = new ResourceKey(create.type(), service.newId());
                if (create.ifNoneExist() == null) {
                    yield new PlannedWrite(request, draft, null, null, Set.of(), key);
                }
                yield conditional(request, draft, create.type(), create.ifNoneExist(), key, service);
            }
            case WriteOperation.Update update -> {
                Draft draft = service.draft(update.resource(), request);
                yield switch (update.target()) {
                    case Target.ById target -> {
                        requireId(update.resource(), target.key(), request);
                        yield new PlannedWrite(request, draft, null, null, Set.of(), target.key());
                    }
                    case Target.ByCriteria target -> {
                        // Section 3.1.0.4.3: with an id and no match, the resource comes to be under that id.
                        String id = update.resource().path("id").asText();
                        ResourceKey key = new ResourceKey(target.type(), id.isEmpty() ? service.newId() : id);
                        yield conditional(request, draft, target.type(), target.criteria(), key, service);
                    }
                };
            }
            case WriteOperation.PatchResource patch -> targeted(request, patch.target(), service);
            case WriteOperation.Delete delete -> targeted(request, delete.target(), service);
        };
    }

    private static PlannedWrite targeted(WriteRequest request, Target target, TransactionService service) {
        return switch (target) {
            case Target.ById ignored -> new PlannedWrite(request, null, null, null, Set.of(), null);
            case Target.ByCriteria criteria ->
                conditional(request, null, criteria.type(), criteria.criteria(), null, service);
        };
    }

    private static PlannedWrite conditional(
            WriteRequest request,
            @Nullable Draft draft,
            String type,
            String text,
            @Nullable ResourceKey newId,
            TransactionService service) {
        SearchQuery query = service.criteria.parse(type, text, 2);
        Set<String> locks = new LinkedHashSet<>(ConditionLocks.of(query));
        if (draft != null) {
            locks.addAll(ConditionLocks.of(draft.resource));
        }
        return new PlannedWrite(request, draft, Resolution.Condition.of(type, text), query, locks, newId);
    }

    /** Section 3.1.0.4: the body must carry the id of the address. */
    private static void requireId(ObjectNode resource, ResourceKey key, WriteRequest request) {
        String id = resource.path("id").asText();
        if (!id.equals(key.id())) {
            throw Problem.malformed(Fault.at(
                    request.content(key.type(), "id"),
                    "value",
                    id.isEmpty()
                            ? "the resource must carry the id of the address, " + key.id()
                            : "the resource has id " + id + " and the address has " + key.id()));
        }
    }

    /** Whether the write makes a resource when its criteria find none. */
    boolean creates() {
        return draft != null;
    }

    /** The most locks that the writes can need: for what they write, refer to and look for. */
    static int locks(List<PlannedWrite> writes) {
        int locks = writes.size();
        Set<String> references = new HashSet<>();
        for (PlannedWrite write : writes) {
            locks += write.locks().size();
            if (write.draft() != null) {
                write.draft().slots().forEach(slot -> references.add(slot.sent()));
            }
        }
        return locks + references.size();
    }
}

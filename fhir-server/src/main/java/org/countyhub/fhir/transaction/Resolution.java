package org.countyhub.fhir.transaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStore;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.search.SearchStore;
import org.countyhub.fhir.search.model.SearchQuery;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What the conditions of a transaction find. A condition that may lead to a new resource and finds nothing is looked up a
 * second time under locks of its own, so that of many clients with the same condition one creates and the others find.
 */
final class Resolution {
    private final SearchStore search;
    private final ResourceStore store;
    private final Map<Condition, List<StoredVersion>> found = new HashMap<>();

    /**
     * A search whose match is meant: {@code Patient?identifier=x}. The criteria are kept decoded, because the same ones
     * may be sent encoded in one entry and plain in another.
     */
    record Condition(String type, String criteria) {
        static Condition of(String type, String criteria) {
            String decoded = CriteriaParser.parameters(criteria).stream()
                    .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                    .collect(Collectors.joining("&"));
            return new Condition(type, decoded);
        }

        @Override
        public String toString() {
            return type + "?" + criteria;
        }
    }

    Resolution(SearchStore search, ResourceStore store) {
        this.search = search;
        this.store = store;
    }

    /**
     * Looks the conditions up. Those that change what they find are locked first: others with the same condition would
     * only wait for the resource a moment later, and might find that it is gone.
     *
     * @param queries the conditions, parsed
     * @param writes where some of the conditions are from
     * @param locked whether the caller holds the lock on everything
     */
    void resolve(Map<Condition, SearchQuery> queries, List<PlannedWrite> writes, boolean locked) {
        if (locked) {
            lookUp(queries, queries.keySet());
            return;
        }
        Set<Condition> changing = new LinkedHashSet<>();
        for (PlannedWrite write : writes) {
            if (write.condition() != null && !(write.request().operation() instanceof WriteOperation.Create)) {
                changing.add(write.condition());
            }
        }
        Set<Condition> finding = new LinkedHashSet<>(queries.keySet());
        finding.removeAll(changing);
        lookUp(queries, finding);
        Set<Condition> open = new LinkedHashSet<>();
        Set<String> names = new HashSet<>();
        for (PlannedWrite write : writes) {
            Condition condition = write.condition();
            if (condition != null
                    && (changing.contains(condition) || matches(condition).isEmpty())) {
                open.add(condition);
                names.addAll(write.locks());
            }
        }
        if (!open.isEmpty()) {
            store.lockAndLookUp(names, Set.of(), Set.of());
            lookUp(queries, open);
        }
    }

    /** Looks a condition up again, and whether it finds this resource and no other. */
    boolean stillFinds(Condition condition, SearchQuery query, ResourceKey key) {
        lookUp(Map.of(condition, query), Set.of(condition));
        List<StoredVersion> matches = matches(condition);
        return matches.size() == 1 && matches.getFirst().key().equals(key);
    }

    private void lookUp(Map<Condition, SearchQuery> queries, Set<Condition> conditions) {
        if (conditions.isEmpty()) {
            return;
        }
        List<Condition> order = new ArrayList<>(conditions);
        List<SearchQuery> wanted = new ArrayList<>();
        for (Condition condition : order) {
            wanted.add(Objects.requireNonNull(queries.get(condition)));
        }
        List<List<StoredVersion>> results = search.matches(wanted);
        for (int i = 0; i < order.size(); i++) {
            found.put(order.get(i), results.get(i));
        }
    }

    /** Every match. */
    List<StoredVersion> matches(Condition condition) {
        return found.getOrDefault(condition, List.of());
    }

    /** The one match, or null; more than one is refused (section 3.1.0.7.2: 412). */
    @Nullable
    StoredVersion one(Condition condition, String place) {
        List<StoredVersion> matches = matches(condition);
        if (matches.size() > 1) {
            throw new Problem.MultipleMatches(List.of(new Fault(
                            "multiple-matches",
                            "more than one " + condition.type() + " meets the criteria",
                            place.isEmpty() ? null : place)))
                    .exception();
        }
        return matches.isEmpty() ? null : matches.getFirst();
    }
}

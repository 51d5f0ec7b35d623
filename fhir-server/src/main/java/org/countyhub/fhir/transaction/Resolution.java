package org.countyhub.fhir.transaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.countyhub.fhir.resource.ResourceStore;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.search.SearchStore;
import org.countyhub.fhir.search.model.SearchQuery;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What the conditions of a transaction find. A condition that may lead to a new resource and finds nothing is looked up a
 * second time under a lock of its own, so that of many clients with the same condition one creates and the others find.
 */
final class Resolution {
    private final SearchStore search;
    private final ResourceStore store;
    private final Map<Condition, List<StoredVersion>> found = new HashMap<>();

    /** A search whose match is meant: {@code Patient?identifier=x}. */
    record Condition(String type, String criteria) {
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
     * Looks the conditions up.
     *
     * @param queries the conditions, parsed
     * @param creating those of them that make a resource when they find none
     * @param locked whether the caller holds the lock on everything
     */
    void resolve(Map<Condition, SearchQuery> queries, Set<Condition> creating, boolean locked) {
        lookUp(queries, queries.keySet());
        Set<Condition> open = new LinkedHashSet<>();
        for (Condition condition : creating) {
            if (matches(condition).isEmpty()) {
                open.add(condition);
            }
        }
        if (open.isEmpty()) {
            return;
        }
        if (!locked) {
            Set<String> names = new HashSet<>();
            open.forEach(condition -> names.add(condition.toString()));
            store.lockAndLookUp(names, Set.of(), Set.of());
        }
        lookUp(queries, open);
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

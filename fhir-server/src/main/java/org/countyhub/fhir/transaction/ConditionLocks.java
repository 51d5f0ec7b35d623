package org.countyhub.fhir.transaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.countyhub.fhir.search.model.Criterion;
import org.countyhub.fhir.search.model.SearchQuery;
import org.countyhub.fhir.search.model.TokenValue;

/**
 * The names of the locks under which conditions that may mean the same resource wait for each other. An identifier
 * counts by its value alone: however its system is called, in whatever order, and whatever else is asked beside it,
 * the lock is the same. Two systems that use the same value share a lock, which only costs them a wait.
 */
final class ConditionLocks {
    private ConditionLocks() {}

    /** The locks of a condition; at least one. */
    static Set<String> of(SearchQuery query) {
        Set<String> names = new LinkedHashSet<>();
        for (Criterion criterion : query.criteria()) {
            if (criterion instanceof Criterion.Tokens tokens
                    && tokens.parameter().code().equals("identifier")) {
                tokens.anyOf().forEach(token -> add(names, query.type(), token));
            }
        }
        if (names.isEmpty()) {
            List<String> criteria =
                    query.criteria().stream().map(Criterion::toString).toList();
            names.add(query.type() + "?" + new TreeSet<>(criteria));
        }
        return names;
    }

    /** The locks of the identifiers that new content brings along: another condition may be about any of them. */
    static Set<String> of(ObjectNode resource) {
        Set<String> names = new LinkedHashSet<>();
        String type = resource.path("resourceType").asText();
        JsonNode identifiers = resource.path("identifier");
        for (JsonNode identifier : identifiers.isArray() ? identifiers : List.of(identifiers)) {
            String value = identifier.path("value").asText();
            if (!value.isEmpty()) {
                names.add(name(type, value));
            }
        }
        return names;
    }

    private static void add(Set<String> names, String type, TokenValue token) {
        switch (token) {
            case TokenValue.SystemAndCode value -> names.add(name(type, value.code()));
            case TokenValue.Code value -> names.add(name(type, value.code()));
            case TokenValue.CodeWithoutSystem value -> names.add(name(type, value.code()));
            case TokenValue.AnyOfSystem ignored -> {}
        }
    }

    private static String name(String type, String identifierValue) {
        return type + "?identifier=" + identifierValue;
    }
}

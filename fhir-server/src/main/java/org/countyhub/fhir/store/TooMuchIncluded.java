package org.countyhub.fhir.store;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.countyhub.fhir.search.model.Include;
import org.countyhub.fhir.search.model.SearchQuery;
import org.countyhub.fhir.store.sql.SearchSql;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** Refusals of pages that would bring too much along, each with what the client can do about it. */
final class TooMuchIncluded {
    private static final int MAX_NAMED = 3;

    private TooMuchIncluded() {}

    static RuntimeException resources(SearchQuery query) {
        return refusal(query, "more than " + SearchSql.MAX_INCLUDED + " resources");
    }

    static RuntimeException bytes(SearchQuery query, int bytes) {
        return refusal(query, "more than " + bytes / (1024 * 1024) + " MB");
    }

    private static RuntimeException refusal(SearchQuery query, String amount) {
        List<Fault> faults = new ArrayList<>();
        String smaller = query.count() > 1 ? "; ask for smaller pages with _count" : "";
        if (query.includes().stream().anyMatch(Include.Forward.class::isInstance)) {
            String advice = smaller.isEmpty() ? "; search without _include and read what the match refers to" : smaller;
            faults.add(Fault.at("_include", "too-costly", "the page would hold " + amount + advice));
        }
        String reverse = query.includes().stream()
                .filter(Include.Reverse.class::isInstance)
                .flatMap(include -> ((Include.Reverse) include).parameters().stream())
                .limit(MAX_NAMED)
                .map(parameter -> parameter.type() + "?" + parameter.code() + "=" + query.type() + "/[id]")
                .collect(Collectors.joining(" or "));
        if (!reverse.isEmpty()) {
            faults.add(Fault.at(
                    "_revinclude",
                    "too-costly",
                    "the page would hold " + amount + smaller + (smaller.isEmpty() ? "; " : ", or ")
                            + "search what refers to one resource by itself, page by page: " + reverse));
        }
        return new Problem.TooCostly(faults).exception();
    }
}

package org.countyhub.fhir.http;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.search.SearchPage;
import org.countyhub.fhir.search.SearchStore;
import org.countyhub.fhir.search.model.SearchQuery;
import org.countyhub.fhir.search.model.SearchQuery.Cursor;
import org.countyhub.fhir.search.model.SearchQuery.Total;
import org.countyhub.fhir.search.parse.SearchParser;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** search on a type, by GET and by POST (FHIR R4 section 3.1.0.9). */
final class SearchEndpoint {
    private static final String CURSOR = "_cursor";

    private final SearchParser parser;
    private final SearchStore store;
    private final IdentifierDomains domains;
    private final PageLinks links;
    private final Clock clock;

    SearchEndpoint(SearchParser parser, SearchStore store, IdentifierDomains domains, PageLinks links, Clock clock) {
        this.parser = parser;
        this.store = store;
        this.domains = domains;
        this.links = links;
        this.clock = clock;
    }

    /** A search; the parameters of a form have been taken apart by {@link RequestReader}. */
    Reply search(FhirRequest request, Interaction.Search search) {
        if (search.byForm() && !(request.content() instanceof FhirRequest.Content.None)) {
            throw new Problem.UnsupportedMedia(List.of(Fault.at(
                            "Content-Type",
                            "not-supported",
                            "a search by POST takes application/x-www-form-urlencoded")))
                    .exception();
        }
        String type = search.type();
        SearchParser.Parsed parsed =
                parser.parse(type, request.parameters(), request.prefer().lenient(), cursor(request));
        SearchQuery query = parsed.query();
        Set<String> named = IdentifierDomains.of(query);
        Reply refusal = named.isEmpty() ? null : domains.refusal(named);
        if (refusal != null) {
            return refusal;
        }
        if (query.total() == Total.COUNT_ONLY) {
            SearchPage nothing = SearchPage.EMPTY;
            long count = store.count(query);
            request.disclosed().page(query, nothing);
            return bundle(request, parsed, nothing, count);
        }
        SearchPage page = store.page(query, request.room());
        request.disclosed().page(query, page);
        return bundle(request, parsed, named.isEmpty() ? page : within(page, named), total(query, page));
    }

    private SearchPage within(SearchPage page, Set<String> named) {
        return new SearchPage(
                page.matches().stream()
                        .map(match -> domains.within(match, named))
                        .toList(),
                page.included(),
                page.patients(),
                page.ofSeveral(),
                page.next());
    }

    /** Free when the first page is also the last; counted when the client asks; unknown otherwise. */
    private @Nullable Long total(SearchQuery query, SearchPage page) {
        if (query.after() == null && page.next() == null) {
            return (long) page.matches().size();
        }
        return query.total() == Total.ACCURATE ? store.count(query) : null;
    }

    private @Nullable Cursor cursor(FhirRequest request) {
        String sent = request.parameter(CURSOR);
        if (sent == null) {
            return null;
        }
        List<String> values = links.decode(scope(request), sent);
        return new Cursor(values.subList(0, values.size() - 1), Long.parseLong(values.getLast()));
    }

    private Reply bundle(FhirRequest request, SearchParser.Parsed parsed, SearchPage page, @Nullable Long total) {
        List<Map.Entry<String, String>> used = new ArrayList<>(request.parameters());
        used.removeIf(parameter -> parsed.ignored().contains(parameter.getKey()));
        BundleJson bundle = new BundleJson("searchset", request.base(), clock.instant(), size(page));
        if (total != null) {
            bundle.total(total);
        }
        String address = request.base() + "/" + request.path().getFirst();
        bundle.link("self", address + query(used));
        if (page.next() != null) {
            used.removeIf(parameter -> parameter.getKey().equals(CURSOR));
            used.add(Map.entry(CURSOR, links.encode(scope(request), values(page.next()))));
            bundle.link("next", address + query(used));
        }
        page.matches().forEach(match -> bundle.found(match, "match"));
        page.included().forEach(included -> bundle.found(included, "include"));
        if (!parsed.ignored().isEmpty()) {
            bundle.outcome(Outcomes.information("left out, not known to the server: " + parsed.ignored()));
        }
        return Reply.of(200, bundle.end());
    }

    private static List<String> values(Cursor cursor) {
        List<String> values = new ArrayList<>(cursor.values());
        values.add(Long.toString(cursor.surrogate()));
        return values;
    }

    /** Everything that decides on the matches and their order; the size of the pages may change on the way. */
    private static String scope(FhirRequest request) {
        return request.path().getFirst() + "?"
                + Queries.encode(request.parameters().stream()
                        .filter(parameter -> !Set.of(CURSOR, "_count", "_format", "_pretty", "_total")
                                .contains(parameter.getKey()))
                        .toList());
    }

    private static String query(List<Map.Entry<String, String>> parameters) {
        return parameters.isEmpty() ? "" : "?" + Queries.encode(parameters);
    }

    private static int size(SearchPage page) {
        int size = 0;
        for (StoredVersion match : page.matches()) {
            size += match.json().length + 200;
        }
        for (StoredVersion included : page.included()) {
            size += included.json().length + 200;
        }
        return size;
    }
}

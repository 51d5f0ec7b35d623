package org.countyhub.fhir.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.countyhub.fhir.disclosure.Disclosure.Kind;
import org.countyhub.fhir.resource.HistoryPage;
import org.countyhub.fhir.resource.HistoryQuery;
import org.countyhub.fhir.resource.HistoryQuery.Period;
import org.countyhub.fhir.resource.HistoryQuery.Position;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStore;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.resource.format.Summary;
import org.countyhub.fhir.search.index.DateRanges;
import org.countyhub.fhir.search.index.IndexValue.DateRange;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** history of a resource, of a type and of the system (FHIR R4 section 3.1.0.12). */
final class HistoryEndpoint {
    private static final int DEFAULT_COUNT = 20;
    private static final int MAX_COUNT = 1_000;
    private static final String CURSOR = "_cursor";

    private final ResourceStore store;
    private final PageLinks links;
    private final ZoneId zone;
    private final Clock clock;

    HistoryEndpoint(ResourceStore store, PageLinks links, ZoneId zone, Clock clock) {
        this.store = store;
        this.links = links;
        this.zone = zone;
        this.clock = clock;
    }

    Reply history(FhirRequest request, @Nullable String type, @Nullable String id) {
        if (type != null && id != null && store.read(new ResourceKey(type, id)) == null) {
            throw Problem.notFound(type + "/" + id + " is not known");
        }
        HistoryQuery query = new HistoryQuery(type, id, since(request), at(request), count(request), position(request));
        if (request.view().summary() == Summary.COUNT) {
            return bundle(request, new HistoryPage(List.of(), false), store.historySize(query));
        }
        HistoryPage page = store.history(query, request.room());
        page.versions().forEach(version -> request.disclosed().version(Kind.HISTORY, version));
        return bundle(request, page, total(query, page));
    }

    /** Free when the first page is also the last, and cheap for one resource; otherwise counted when the client asks. */
    private @Nullable Long total(HistoryQuery query, HistoryPage page) {
        if (query.after() == null && !page.more()) {
            return (long) page.versions().size();
        }
        return query.id() == null ? null : store.historySize(query);
    }

    private static int count(FhirRequest request) {
        String count = request.parameter("_count");
        if (count == null) {
            return DEFAULT_COUNT;
        }
        if (!count.matches("[1-9][0-9]{0,8}")) {
            throw Problem.badSearch("_count", "_count must be a whole number of 1 or more");
        }
        return Math.min(Integer.parseInt(count), MAX_COUNT);
    }

    private @Nullable Instant since(FhirRequest request) {
        String since = request.parameter("_since");
        return since == null ? null : range("_since", since).lowInclusive();
    }

    private @Nullable Period at(FhirRequest request) {
        String at = request.parameter("_at");
        if (at == null) {
            return null;
        }
        DateRange range = range("_at", at);
        return new Period(range.lowInclusive(), range.highExclusive());
    }

    private DateRange range(String name, String value) {
        try {
            return DateRanges.of(value.replace(' ', '+'), zone);
        } catch (DateTimeException e) {
            throw Problem.badSearch(name, name + " is no date or time: " + value);
        }
    }

    private @Nullable Position position(FhirRequest request) {
        String cursor = request.parameter(CURSOR);
        if (cursor == null) {
            return null;
        }
        List<String> values = links.decode(scope(request), cursor);
        return new Position(
                Instant.parse(values.getFirst()), Long.parseLong(values.get(1)), Integer.parseInt(values.getLast()));
    }

    private static String scope(FhirRequest request) {
        return String.join("/", request.path());
    }

    private Reply bundle(FhirRequest request, HistoryPage page, @Nullable Long total) {
        List<StoredVersion> versions = page.versions();
        int size = versions.stream()
                .mapToInt(version -> version.json().length + 300)
                .sum();
        BundleJson bundle = new BundleJson("history", request.base(), clock.instant(), size);
        if (total != null) {
            bundle.total(total);
        }
        String address = request.base() + "/" + String.join("/", request.path());
        List<Map.Entry<String, String>> parameters = new ArrayList<>(request.parameters());
        bundle.link("self", address + (parameters.isEmpty() ? "" : "?" + Queries.encode(parameters)));
        if (page.more()) {
            StoredVersion last = versions.getLast();
            parameters.removeIf(parameter -> parameter.getKey().equals(CURSOR));
            parameters.add(Map.entry(
                    CURSOR,
                    links.encode(
                            scope(request),
                            List.of(
                                    last.lastUpdated().toString(),
                                    Long.toString(last.surrogate()),
                                    Integer.toString(last.version())))));
            bundle.link("next", address + "?" + Queries.encode(parameters));
        }
        versions.forEach(bundle::version);
        return Reply.of(200, bundle.end());
    }
}

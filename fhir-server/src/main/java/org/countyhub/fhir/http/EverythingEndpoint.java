package org.countyhub.fhir.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.fhir.resource.Change;
import org.countyhub.fhir.resource.RecordKind;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStore;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.resource.format.Summary;
import org.countyhub.fhir.search.SearchPage;
import org.countyhub.fhir.search.SearchStore;
import org.countyhub.fhir.search.index.DateRanges;
import org.countyhub.fhir.search.index.IndexValue.DateRange;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.search.model.EverythingQuery;
import org.countyhub.fhir.search.model.SearchQuery.Cursor;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** {@code Patient/[id]/$everything} (R4, operation-patient-everything) and the same for a Person, page by page. */
final class EverythingEndpoint {
    private static final int DEFAULT_COUNT = 50;
    private static final int MAX_COUNT = 1_000;
    private static final String CURSOR = "_cursor";
    private static final Set<String> KNOWN = Set.of("start", "end", "_since", "_type", "_count", CURSOR);

    private final ResourceStore resources;
    private final SearchStore search;
    private final SearchParameters parameters;
    private final Definitions definitions;
    private final ContentReader contents;
    private final PageLinks links;
    private final ZoneId zone;
    private final Clock clock;

    EverythingEndpoint(
            ResourceStore resources,
            SearchStore search,
            SearchParameters parameters,
            Definitions definitions,
            ContentReader contents,
            PageLinks links,
            ZoneId zone,
            Clock clock) {
        this.resources = resources;
        this.search = search;
        this.parameters = parameters;
        this.definitions = definitions;
        this.contents = contents;
        this.links = links;
        this.zone = zone;
        this.clock = clock;
    }

    Reply everything(FhirRequest request, ResourceKey focus) {
        OperationInput input = OperationInput.of(request, contents, KNOWN);
        if (request.view().summary() == Summary.COUNT) {
            throw Problem.badSearch("_summary", "_summary=count is not offered for $everything");
        }
        List<Map.Entry<String, String>> asked = asked(input);
        String scope = focus + "/$everything?" + Queries.encode(asked);
        Set<String> types = types(input);
        StoredVersion whose = known(focus);
        EverythingQuery query = new EverythingQuery(
                focus.type(),
                whose.surrogate(),
                types.isEmpty() ? null : types,
                since(input),
                care(input),
                input.number("_count", DEFAULT_COUNT, MAX_COUNT),
                cursor(input, scope));
        SearchPage page = search.page(query, request.room());
        if (focus.type().equals("Person")) {
            request.disclosed().everything(whose, page);
        }
        return bundle(request, focus, query, page, asked, scope);
    }

    /** What decides on the resources and their order, in one form however it was sent. */
    private static List<Map.Entry<String, String>> asked(OperationInput input) {
        List<Map.Entry<String, String>> asked = new ArrayList<>();
        for (String name : List.of("start", "end", "_since", "_type")) {
            input.texts(name).forEach(value -> asked.add(Map.entry(name, value)));
        }
        return asked;
    }

    private StoredVersion known(ResourceKey focus) {
        StoredVersion stored = resources.read(focus);
        if (stored == null || stored.change() == Change.NONE) {
            throw Problem.notFound(focus + " is not known");
        }
        if (stored.change() == Change.DELETE) {
            throw gone(stored, focus + " was deleted");
        }
        if (focus.type().equals("Person")) {
            var person = contents.stored(stored.json());
            if (RecordKind.of(person) == RecordKind.COUNTY_PERSON
                    && person.path("link").isEmpty()) {
                throw gone(
                        stored,
                        focus + " has no records any more: they have been linked to another person, or deleted");
            }
        }
        return stored;
    }

    private static RuntimeException gone(StoredVersion stored, String diagnostics) {
        return new Problem.Gone(List.of(Fault.of("deleted", diagnostics)), stored.location()).exception();
    }

    private Set<String> types(OperationInput input) {
        Set<String> types = new LinkedHashSet<>();
        for (String sent : input.texts("_type")) {
            for (String type : sent.split(",", -1)) {
                if (!definitions.isResourceType(type)) {
                    throw Problem.badSearch("_type", "there is no resource type " + type);
                }
                types.add(type);
            }
        }
        return types;
    }

    private @Nullable Instant since(OperationInput input) {
        DateRange since = date(input, "_since");
        return since == null ? null : since.lowInclusive();
    }

    private @Nullable DateRange care(OperationInput input) {
        DateRange start = date(input, "start");
        DateRange end = date(input, "end");
        if (start == null && end == null) {
            return null;
        }
        Instant low = start == null ? DateRange.OPEN_LOW : start.lowInclusive();
        Instant high = end == null ? DateRange.OPEN_HIGH : end.highExclusive();
        if (!low.isBefore(high)) {
            throw Problem.badSearch("end", "end is before start");
        }
        return new DateRange(low, high);
    }

    private @Nullable DateRange date(OperationInput input, String name) {
        String sent = input.text(name);
        try {
            // A plus sign that was not encoded arrives as a space.
            return sent == null ? null : DateRanges.of(sent.replace(' ', '+'), zone);
        } catch (DateTimeException e) {
            throw Problem.badSearch(name, name + " is no date or time: " + sent);
        }
    }

    private @Nullable Cursor cursor(OperationInput input, String scope) {
        String sent = input.text(CURSOR);
        if (sent == null) {
            return null;
        }
        List<String> values = links.decode(scope, sent);
        return new Cursor(values.subList(0, values.size() - 1), Long.parseLong(values.getLast()));
    }

    private Reply bundle(
            FhirRequest request,
            ResourceKey focus,
            EverythingQuery query,
            SearchPage page,
            List<Map.Entry<String, String>> asked,
            String scope) {
        int size = page.matches().stream()
                .mapToInt(match -> match.json().length + 200)
                .sum();
        BundleJson bundle = new BundleJson("searchset", request.base(), clock.instant(), size);
        if (query.after() == null && page.next() == null) {
            bundle.total(page.matches().stream()
                    .filter(match -> mode(match).equals("match"))
                    .count());
        }
        List<Map.Entry<String, String>> used = new ArrayList<>(asked);
        used.add(Map.entry("_count", Integer.toString(query.count())));
        request.parameters().stream()
                .filter(parameter -> KnownParameters.takenByAll(parameter.getKey()))
                .forEach(used::add);
        String address = request.base() + "/" + focus + "/$everything?";
        bundle.link("self", address + Queries.encode(used));
        Cursor next = page.next();
        if (next != null) {
            List<String> values = new ArrayList<>(next.values());
            values.add(Long.toString(next.surrogate()));
            used.add(Map.entry(CURSOR, links.encode(scope, values)));
            bundle.link("next", address + Queries.encode(used));
        }
        page.matches().forEach(match -> bundle.found(match, mode(match)));
        return Reply.of(200, bundle.end());
    }

    private String mode(StoredVersion version) {
        return parameters.isSupporting(version.key().type()) ? "include" : "match";
    }
}

package org.countyhub.fhir.search.parse;

import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.fhir.naming.IdentifierSystems;
import org.countyhub.fhir.resource.LocalReferences;
import org.countyhub.fhir.search.index.SearchParameter;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.search.model.Criterion;
import org.countyhub.fhir.search.model.Include;
import org.countyhub.fhir.search.model.SearchQuery;
import org.countyhub.fhir.search.model.SearchQuery.Cursor;
import org.countyhub.fhir.search.model.SearchQuery.Total;
import org.countyhub.fhir.search.model.Sort;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * From the parameters of a search to its model (FHIR R4 section 3.1.1). What is not understood or not offered is
 * refused by name, never ignored, unless the client asks for lenient handling (section 3.1.1.1).
 */
public final class SearchParser {
    static final int MAX_ALTERNATIVES = 1_000;
    static final int MAX_PARAMETERS = 200;
    static final int DEFAULT_COUNT = 20;
    static final int MAX_COUNT = 1_000;
    /** How a result is shown or which page of it is wanted: not the parser's business. */
    private static final Set<String> PRESENTATION = Set.of("_format", "_pretty", "_elements", "_cursor");
    /** What is one word, without modifier or chain. */
    private static final Set<String> PLAIN =
            Set.of("_format", "_pretty", "_elements", "_cursor", "_count", "_sort", "_total", "_summary");

    /** Clients that follow a link add these once more. */
    private static final Set<String> SENT_TWICE = Set.of("_format", "_pretty");
    /** What says how much of the result is sent, and with what: nothing that a resource can meet. */
    private static final Set<String> OF_RESULT = Set.of("_include", "_revinclude");

    private final SearchParameters parameters;
    private final CriterionParser criteria;
    private final IncludeParser includes;

    public SearchParser(
            SearchParameters parameters,
            Definitions definitions,
            IdentifierSystems systems,
            LocalReferences local,
            ZoneId zone,
            Clock clock) {
        this.parameters = parameters;
        this.criteria = new CriterionParser(
                parameters, definitions, new ValueParser(systems, local, definitions, new DateParser(zone, clock)));
        this.includes = new IncludeParser(parameters, definitions);
    }

    /** Whether a parameter, as it was sent, is about the result of a search (R4 section 3.1.1.5) and no criterion. */
    public static boolean isOfResult(String key) {
        String name = Parameter.of(key, "").name();
        return PLAIN.contains(name) || OF_RESULT.contains(name);
    }

    /** A parsed search, and the parameters that lenient handling left out. */
    public record Parsed(SearchQuery query, List<String> ignored) {}

    /**
     * Parses the parameters of a search for one type.
     *
     * @param sent name and decoded value of each parameter, in the order sent
     * @param lenient whether parameters that the server does not know are left out instead of refused
     * @param after the page to start after; null for the first
     */
    public Parsed parse(String type, List<Map.Entry<String, String>> sent, boolean lenient, @Nullable Cursor after) {
        if (sent.size() > MAX_PARAMETERS) {
            throw Problem.badSearch(type, "a search takes at most " + MAX_PARAMETERS + " parameters");
        }
        List<Criterion> conditions = new ArrayList<>();
        List<Include> included = new ArrayList<>();
        List<Sort> sort = List.of();
        List<String> ignored = new ArrayList<>();
        Set<String> once = new HashSet<>();
        int count = DEFAULT_COUNT;
        Total total = Total.NONE;
        for (Map.Entry<String, String> entry : sent) {
            Parameter parameter = Parameter.of(entry.getKey(), entry.getValue());
            if (PLAIN.contains(parameter.name()) && !parameter.key().equals(parameter.name())) {
                throw Problem.badSearch(parameter.key(), parameter.name() + " takes no modifier and no chain");
            }
            if (PLAIN.contains(parameter.name())
                    && !SENT_TWICE.contains(parameter.name())
                    && !once.add(parameter.name())) {
                throw Problem.badSearch(parameter.name(), parameter.name() + " is given twice");
            }
            switch (parameter.name()) {
                case "_count" -> count = count(parameter);
                case "_sort" -> sort = sort(type, parameter);
                case "_total" -> total = total == Total.COUNT_ONLY ? total : total(parameter);
                case "_summary" -> total = parameter.value().equals("count") ? Total.COUNT_ONLY : total;
                case "_include" -> included.add(includes.forward(type, parameter));
                case "_revinclude" -> included.add(includes.reverse(type, parameter));
                default -> {
                    if (PRESENTATION.contains(parameter.name())) {
                        continue;
                    }
                    if (lenient && parameters.find(type, parameter.name()) == null) {
                        ignored.add(parameter.key());
                    } else {
                        conditions.add(criteria.parse(type, parameter));
                    }
                }
            }
        }
        if (count == 0) {
            // Section 3.1.1.5.3: a count of 0 is treated as _summary=count.
            total = Total.COUNT_ONLY;
        }
        return new Parsed(new SearchQuery(type, conditions, sort, included, Math.max(count, 1), total, after), ignored);
    }

    private static int count(Parameter parameter) {
        try {
            int count = Integer.parseInt(parameter.value().strip());
            if (count < 0) {
                throw new NumberFormatException();
            }
            return Math.min(count, MAX_COUNT);
        } catch (NumberFormatException e) {
            throw Problem.badSearch("_count", "_count must be a whole number of 0 or more");
        }
    }

    private static Total total(Parameter parameter) {
        return switch (parameter.value()) {
            case "none" -> Total.NONE;
            case "accurate", "estimate" -> Total.ACCURATE;
            default -> throw Problem.badSearch("_total", "_total must be none, estimate or accurate");
        };
    }

    private List<Sort> sort(String type, Parameter parameter) {
        List<Sort> keys = new ArrayList<>();
        for (String part : Values.split(parameter.value(), ',')) {
            boolean descending = part.startsWith("-");
            String name = descending ? part.substring(1) : part;
            keys.add(new Sort(sortKey(type, name), descending));
        }
        if (keys.size() > 4) {
            throw Problem.badSearch("_sort", "_sort takes at most four keys");
        }
        return keys;
    }

    private Sort.Key sortKey(String type, String name) {
        if (name.equals("_id")) {
            return new Sort.Key.Id();
        }
        if (name.equals("_lastUpdated")) {
            return new Sort.Key.LastUpdated();
        }
        SearchParameter parameter = parameters.find(type, name);
        if (parameter == null) {
            throw Problem.badSearch("_sort", "_sort: " + type + " has no search parameter " + name);
        }
        return switch (parameter.kind()) {
            case DATE, STRING -> new Sort.Key.Value(parameter);
            case NUMBER, TOKEN, REFERENCE, COMPOSITE, QUANTITY, URI, SPECIAL ->
                throw Problem.badSearch(
                        "_sort", "_sort by " + name + " is not offered: it is neither a date nor a string");
        };
    }
}

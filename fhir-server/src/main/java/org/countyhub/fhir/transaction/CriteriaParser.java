package org.countyhub.fhir.transaction;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.countyhub.fhir.search.model.SearchQuery;
import org.countyhub.fhir.search.parse.SearchParser;
import org.countyhub.kernel.Problem;

/** Parses the criteria of conditional interactions, which are search parameters as in a URL. */
public final class CriteriaParser {
    /** U+FFFD, which decoding also puts in place of what is not UTF-8. */
    private static final String REPLACEMENT = "%EF%BF%BD";

    private static final int MAX_SHOWN = 100;

    private final SearchParser parser;

    public CriteriaParser(SearchParser parser) {
        this.parser = parser;
    }

    /** The query behind criteria such as {@code identifier=http://a|1&active=true}; at least one condition is needed. */
    SearchQuery parse(String type, String criteria, int count) {
        List<Map.Entry<String, String>> parameters = parameters(criteria);
        for (Map.Entry<String, String> parameter : parameters) {
            if (SearchParser.isOfResult(parameter.getKey())) {
                throw Problem.badSearch(
                        parameter.getKey(),
                        parameter.getKey() + " is about the result of a search and no part of criteria");
            }
        }
        SearchQuery query = parser.parse(type, parameters, false, null).query();
        if (query.criteria().isEmpty()) {
            throw Problem.badSearch(type, "criteria must hold at least one search parameter");
        }
        return SearchQuery.of(type, query.criteria(), count);
    }

    /** Name and decoded value of each parameter of a query string, in order. */
    public static List<Map.Entry<String, String>> parameters(String query) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                parameters.add(Map.entry(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1))));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        String decoded;
        try {
            decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.badSearch(shown(text), "a parameter is not percent-encoded as it should be");
        }
        if (decoded.indexOf('\uFFFD') >= 0 && !text.toUpperCase(Locale.ROOT).contains(REPLACEMENT)) {
            throw Problem.badSearch(shown(text), "a parameter is not UTF-8 text");
        }
        if (decoded.indexOf('\0') >= 0) {
            throw Problem.badSearch(shown(text), "a parameter holds the character NUL");
        }
        return decoded;
    }

    private static String shown(String text) {
        return text.substring(0, Math.min(text.length(), MAX_SHOWN));
    }
}

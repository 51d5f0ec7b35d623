package org.countyhub.fhir.http;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.search.index.IndexExtractor;
import org.countyhub.fhir.search.index.IndexSink;
import org.countyhub.fhir.search.index.IndexValue;
import org.countyhub.fhir.search.index.SearchParameter;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.search.index.SearchType;
import org.countyhub.fhir.search.index.StringFolding;
import org.countyhub.fhir.structure.Definitions;

/** Searches that must find a resource, made from what the resource itself says. */
final class OwnValues {
    /** A longer text is searched for by its beginning. */
    private static final int MAX_TEXT = 300;

    private final Definitions definitions = new Definitions(FhirContext.forR4Cached());
    private final SearchParameters parameters = new SearchParameters(FhirContext.forR4Cached(), definitions);
    private final IndexExtractor extractor = new IndexExtractor(parameters, definitions, ZoneId.of("Asia/Shanghai"));

    /** {@code name=value}, each by itself enough to find the resource. */
    List<String> conditions(ObjectNode resource) {
        Map<SearchParameter, List<IndexValue>> values = new LinkedHashMap<>();
        extractor.extract(resource, new IndexSink() {
            @Override
            public void value(SearchParameter parameter, IndexValue value) {
                values.computeIfAbsent(parameter, key -> new ArrayList<>()).add(value);
            }

            @Override
            public void composite(SearchParameter parameter, List<IndexValue> components) {
                // Composites are not searched by.
            }
        });
        List<String> conditions = new ArrayList<>();
        for (SearchParameter parameter :
                parameters.of(resource.path("resourceType").asText())) {
            List<SearchParameter> stored =
                    parameter.answeredBy().isEmpty() ? List.of(parameter) : parameter.answeredBy();
            stored.forEach(part -> values.getOrDefault(part, List.of())
                    .forEach(value -> conditions.addAll(conditions(parameter, value))));
        }
        return conditions.stream().distinct().toList();
    }

    private static List<String> conditions(SearchParameter parameter, IndexValue value) {
        String name = parameter.code();
        if (name.equals("_id") || name.equals("_lastUpdated") || parameter.kind() == SearchType.SPECIAL) {
            return List.of();
        }
        return switch (value) {
            case IndexValue.Token token ->
                List.of(
                        equal(
                                name,
                                escaped(token.system() == null ? "" : token.system()) + "|" + escaped(token.code())),
                        equal(name, escaped(token.code())));
            case IndexValue.Text text -> texts(name, text.value());
            case IndexValue.Uri uri -> List.of(equal(name, escaped(uri.value())));
            // A canonical that is one bare word reads as a logical id in a search (section 3.1.1.4.12).
            case IndexValue.Reference reference ->
                ResourceKey.isId(reference.value()) ? List.of() : List.of(equal(name, escaped(reference.value())));
            case IndexValue.DateRange range -> dates(name, range);
            case IndexValue.Quantity ignored -> List.of();
            case IndexValue.Number ignored -> List.of();
        };
    }

    private static List<String> texts(String name, String text) {
        if (StringFolding.fold(text).isEmpty()) {
            return List.of();
        }
        String beginning = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
        return List.of(equal(name, escaped(beginning)), equal(name + ":exact", escaped(text)));
    }

    private static List<String> dates(String name, IndexValue.DateRange range) {
        List<String> conditions = new ArrayList<>();
        if (!range.lowInclusive().equals(IndexValue.DateRange.OPEN_LOW)) {
            conditions.add(equal(name, "ge" + range.lowInclusive()));
            conditions.add(equal(name, "lt" + later(range.lowInclusive())));
        }
        if (!range.highExclusive().equals(IndexValue.DateRange.OPEN_HIGH)) {
            conditions.add(equal(name, "eb" + range.highExclusive()));
        }
        return conditions;
    }

    private static Instant later(Instant instant) {
        return instant.plusSeconds(1);
    }

    private static String equal(String name, String value) {
        return name + "=" + Answers.encoded(value);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace(",", "\\,")
                .replace("|", "\\|")
                .replace("$", "\\$");
    }
}

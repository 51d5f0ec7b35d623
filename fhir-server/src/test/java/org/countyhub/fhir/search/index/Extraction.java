package org.countyhub.fhir.search.index;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.List;
import org.countyhub.fhir.structure.Definitions;

/** Extraction as the tests write it: JSON with single quotes in, lines of {@link Rows} out. */
final class Extraction {
    static final FhirContext CONTEXT = FhirContext.forR4Cached();
    static final Definitions DEFINITIONS = new Definitions(CONTEXT);
    static final SearchParameters PARAMETERS = new SearchParameters(CONTEXT, DEFINITIONS);
    static final IndexExtractor EXTRACTOR = new IndexExtractor(PARAMETERS, DEFINITIONS, ZoneId.of("Asia/Shanghai"));

    /** Keeps the digits of decimals as written, which their precision depends on. */
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Extraction() {}

    static ObjectNode resource(String singleQuoted) {
        try {
            return (ObjectNode) JSON.readTree(singleQuoted.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the parameters of that code find, each value as text; composites as a list. */
    static List<String> found(String code, String singleQuoted) {
        Rows rows = new Rows();
        EXTRACTOR.extract(resource(singleQuoted), rows);
        return rows.lines().stream()
                .filter(line -> line.startsWith(code + " "))
                .map(line -> line.substring(code.length() + 1))
                .toList();
    }
}

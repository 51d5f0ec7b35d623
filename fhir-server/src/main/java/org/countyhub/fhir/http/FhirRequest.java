package org.countyhub.fhir.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One interaction asked for, whether it came as an HTTP request or as an entry of a Bundle (FHIR R4 section 3.1.0).
 *
 * @param base the server's address as the client sees it, without a trailing slash
 * @param path the segments after the base, decoded
 * @param parameters of the address or of a form, decoded, in the order sent
 * @param place where the interaction stands in a Bundle, such as {@code Bundle.entry[3]}; empty for a request
 */
record FhirRequest(
        Method method,
        String base,
        List<String> path,
        List<Map.Entry<String, String>> parameters,
        Conditions conditions,
        Prefer prefer,
        Content content,
        String place) {

    enum Method {
        GET,
        HEAD,
        POST,
        PUT,
        PATCH,
        DELETE
    }

    /** The headers that make an interaction conditional, as sent; null where absent (section 3.1.0.1.3 and on). */
    record Conditions(
            @Nullable String ifMatch,
            @Nullable String ifNoneMatch,
            @Nullable String ifNoneExist,
            @Nullable String ifModifiedSince) {
        static final Conditions NONE = new Conditions(null, null, null, null);
    }

    /** What the client prefers (section 3.1.0.1.8). */
    record Prefer(Return result, boolean lenient) {
        enum Return {
            MINIMAL,
            REPRESENTATION,
            OUTCOME
        }
    }

    /** What came with the interaction. */
    sealed interface Content {
        /** Nothing. */
        record None() implements Content {}

        /** Bytes of the given media type, lower case and without parameters. */
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Bytes(String mediaType, byte[] bytes) implements Content {}

        /** A resource that has passed the structure check already, as part of a Bundle. */
        record Resource(ObjectNode resource) implements Content {}
    }

    FhirRequest withContent(Content other) {
        return new FhirRequest(method, base, path, parameters, conditions, prefer, other, place);
    }

    /** The first value of a parameter, or null. */
    @Nullable
    String parameter(String name) {
        for (Map.Entry<String, String> parameter : parameters) {
            if (parameter.getKey().equals(name)) {
                return parameter.getValue();
            }
        }
        return null;
    }
}

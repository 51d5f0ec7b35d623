package org.countyhub.fhir.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.countyhub.fhir.disclosure.Requester;
import org.jspecify.annotations.Nullable;

/**
 * One interaction asked for, whether it came as an HTTP request or as an entry of a Bundle (FHIR R4 section 3.1.0).
 *
 * @param base the server's address as the client sees it, without a trailing slash
 * @param path the segments after the base, decoded
 * @param parameters of the address or of a form, decoded, in the order sent
 * @param view how much of the answer the client wants to see
 * @param room the memory that the answer may take
 * @param disclosed takes what the answer tells of persons, and knows who asks
 * @param place where the interaction stands in a Bundle, such as {@code Bundle.entry[3]}; empty for a request
 */
record FhirRequest(
        Method method,
        String base,
        List<String> path,
        List<Map.Entry<String, String>> parameters,
        Conditions conditions,
        Prefer prefer,
        View view,
        Content content,
        AnswerBudget.Lease room,
        Disclosed disclosed,
        String place) {

    enum Method {
        GET,
        HEAD,
        POST,
        PUT,
        PATCH,
        DELETE;

        static final List<String> NAMES = Stream.of(values()).map(Method::name).toList();
    }

    /**
     * What makes an interaction conditional, tags and criteria as sent; null where absent (section 3.1.0.1.3 and on).
     *
     * @param ifModifiedSince the last instant at which a change would not count as one
     */
    record Conditions(
            @Nullable String ifMatch,
            @Nullable String ifNoneMatch,
            @Nullable String ifNoneExist,
            @Nullable Instant ifModifiedSince) {
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

        /** Bytes of the given media type. */
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Bytes(MediaType mediaType, byte[] bytes) implements Content {}

        /** A resource that has passed the structure check already, as part of a Bundle. */
        record Resource(ObjectNode resource) implements Content {}
    }

    FhirRequest withContent(Content other) {
        return new FhirRequest(method, base, path, parameters, conditions, prefer, view, other, room, disclosed, place);
    }

    /** Who asks, as far as it is said. */
    Requester requester() {
        return disclosed.requester();
    }

    /** Whether nothing is changed by it. */
    boolean reads() {
        return method == Method.GET || method == Method.HEAD || path.contains("_search");
    }

    /** Room to turn an answer into another form; what is written already is told in any case. */
    void requireRoomFor(Reply reply, int copies) {
        if (reads()) {
            room.take((long) reply.json().length * copies);
        }
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

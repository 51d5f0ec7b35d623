package org.countyhub.fhir.http;

import java.util.List;
import java.util.UUID;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where a {@link Problem} becomes an HTTP status and an OperationOutcome (FHIR R4 section 3.1.0.1.5). */
final class Outcomes {
    private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);

    private Outcomes() {}

    static Reply reply(Problem problem) {
        byte[] outcome = outcome("error", problem.faults());
        return switch (problem) {
            case Problem.Malformed ignored -> Reply.of(400, outcome);
            case Problem.BadSearch ignored -> Reply.of(400, outcome);
            case Problem.Unprocessable ignored -> Reply.of(422, outcome);
            case Problem.NotFound ignored -> Reply.of(404, outcome);
            case Problem.Gone gone -> Reply.of(410, outcome).withLocation(gone.location());
            case Problem.StaleVersion ignored -> Reply.of(412, outcome);
            case Problem.MultipleMatches ignored -> Reply.of(412, outcome);
            case Problem.Conflict ignored -> Reply.of(409, outcome);
            case Problem.Forbidden ignored -> Reply.of(403, outcome);
            case Problem.NotSupported refused -> Reply.of(405, outcome).withAllowed(refused.offered());
            case Problem.UnsupportedMedia ignored -> Reply.of(415, outcome);
            case Problem.NotAcceptable ignored -> Reply.of(406, outcome);
            case Problem.TooLarge ignored -> Reply.of(413, outcome);
            case Problem.TooCostly ignored -> Reply.of(403, outcome);
            case Problem.Busy busy -> Reply.of(503, outcome).withRetryAfter(busy.retryAfterSeconds());
        };
    }

    /** A refusal as it is; anything else as 500 with a number to look it up by, and without what was in the request. */
    static Reply reply(Throwable failure) {
        if (failure instanceof ProblemException problem) {
            return reply(problem.problem());
        }
        String correlation = UUID.randomUUID().toString();
        LOG.error("request failed, correlation id {}", correlation, failure);
        return Reply.of(
                500,
                outcome("fatal", List.of(Fault.of("exception", "the server failed; correlation id " + correlation))));
    }

    /** A status as an entry of a Bundle tells it: code and phrase (RFC 9110 section 15). */
    static String statusLine(int status) {
        return switch (status) {
            case 200 -> "200 OK";
            case 201 -> "201 Created";
            case 204 -> "204 No Content";
            case 304 -> "304 Not Modified";
            case 400 -> "400 Bad Request";
            case 403 -> "403 Forbidden";
            case 404 -> "404 Not Found";
            case 405 -> "405 Method Not Allowed";
            case 406 -> "406 Not Acceptable";
            case 409 -> "409 Conflict";
            case 410 -> "410 Gone";
            case 412 -> "412 Precondition Failed";
            case 413 -> "413 Content Too Large";
            case 415 -> "415 Unsupported Media Type";
            case 422 -> "422 Unprocessable Content";
            case 500 -> "500 Internal Server Error";
            case 503 -> "503 Service Unavailable";
            default -> throw new IllegalArgumentException("no answer has status " + status);
        };
    }

    /** An OperationOutcome with one issue for each fault. */
    static byte[] outcome(String severity, List<Fault> faults) {
        JsonBytes json = start();
        issues(json, severity, faults, true);
        return json.raw("]}").toByteArray();
    }

    private static JsonBytes start() {
        return new JsonBytes(512).raw("{\"resourceType\":\"OperationOutcome\",\"issue\":[");
    }

    private static void issues(JsonBytes json, String severity, List<Fault> faults, boolean first) {
        boolean begins = first;
        for (Fault fault : faults) {
            json.raw(begins ? "{" : ",{")
                    .raw("\"severity\":\"")
                    .raw(severity)
                    .raw("\",\"code\":")
                    .string(fault.code())
                    .raw(",\"diagnostics\":")
                    .string(fault.diagnostics());
            if (fault.expression() != null) {
                json.raw(",\"expression\":[").string(fault.expression()).raw("]");
            }
            json.raw("}");
            begins = false;
        }
    }

    static byte[] information(String diagnostics) {
        return information(diagnostics, List.of());
    }

    /** What was done, and what to mind about it. */
    static byte[] information(String diagnostics, List<Fault> warnings) {
        JsonBytes json = start();
        issues(json, "information", List.of(Fault.of("informational", diagnostics)), true);
        issues(json, "warning", warnings, false);
        return json.raw("]}").toByteArray();
    }
}

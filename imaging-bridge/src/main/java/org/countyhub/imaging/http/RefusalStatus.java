package org.countyhub.imaging.http;

import java.util.Map;
import org.countyhub.kernel.Problem;

/**
 * What a Problem is over HTTP (RFC 9110 section 15).
 *
 * @param headers that belong to the status
 */
public record RefusalStatus(int code, Map<String, String> headers) {
    private static RefusalStatus of(int code) {
        return new RefusalStatus(code, Map.of());
    }

    public static RefusalStatus of(Problem problem) {
        return switch (problem) {
            case Problem.Malformed ignored -> of(400);
            case Problem.BadSearch ignored -> of(400);
            case Problem.Forbidden ignored -> of(403);
            case Problem.TooCostly ignored -> of(403);
            case Problem.NotFound ignored -> of(404);
            case Problem.NotSupported other ->
                new RefusalStatus(405, Map.of("Allow", String.join(", ", other.offered())));
            case Problem.NotAcceptable ignored -> of(406);
            case Problem.Conflict ignored -> of(409);
            case Problem.Gone ignored -> of(410);
            case Problem.StaleVersion ignored -> of(412);
            case Problem.MultipleMatches ignored -> of(412);
            case Problem.TooLarge ignored -> of(413);
            case Problem.UnsupportedMedia ignored -> of(415);
            case Problem.Unprocessable ignored -> of(422);
            case Problem.Busy busy ->
                new RefusalStatus(503, Map.of("Retry-After", Integer.toString(busy.retryAfterSeconds())));
        };
    }
}

package org.countyhub.imaging.steward;

import java.util.List;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The one place where what the domain refuses stewards becomes a status and a body. */
@RestControllerAdvice(basePackageClasses = Refusals.class)
public final class Refusals {
    /** What is wrong and where. */
    record Body(List<Fault> faults) {}

    @ExceptionHandler
    ResponseEntity<Body> refused(ProblemException refusal) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status(refusal.problem()));
        if (refusal.problem() instanceof Problem.Busy busy) {
            answer.header(HttpHeaders.RETRY_AFTER, Integer.toString(busy.retryAfterSeconds()));
        }
        return answer.body(new Body(refusal.problem().faults()));
    }

    private static int status(Problem problem) {
        return switch (problem) {
            case Problem.Malformed ignored -> 400;
            case Problem.BadSearch ignored -> 400;
            case Problem.Forbidden ignored -> 403;
            case Problem.TooCostly ignored -> 403;
            case Problem.NotFound ignored -> 404;
            case Problem.NotSupported ignored -> 405;
            case Problem.NotAcceptable ignored -> 406;
            case Problem.Conflict ignored -> 409;
            case Problem.Gone ignored -> 410;
            case Problem.StaleVersion ignored -> 412;
            case Problem.MultipleMatches ignored -> 412;
            case Problem.TooLarge ignored -> 413;
            case Problem.UnsupportedMedia ignored -> 415;
            case Problem.Unprocessable ignored -> 422;
            case Problem.Busy ignored -> 503;
        };
    }
}

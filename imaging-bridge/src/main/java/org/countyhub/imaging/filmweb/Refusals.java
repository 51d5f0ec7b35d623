package org.countyhub.imaging.filmweb;

import java.util.List;
import org.countyhub.imaging.http.RefusalStatus;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The one place where what is refused becomes a status and a body. */
@RestControllerAdvice(basePackageClasses = Refusals.class)
final class Refusals {
    /** What is wrong and where. */
    record Body(List<Fault> faults) {}

    @ExceptionHandler
    ResponseEntity<Body> refused(ProblemException refusal) {
        RefusalStatus status = RefusalStatus.of(refusal.problem());
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status.code());
        status.headers().forEach(answer::header);
        // Whatever was to be given is of another type, which may have been said already.
        return answer.contentType(MediaType.APPLICATION_JSON)
                .header("Cache-Control", "no-store")
                .body(new Body(refusal.problem().faults()));
    }

    @ExceptionHandler
    ResponseEntity<Body> unreadable(HttpMessageNotReadableException ignored) {
        return refused(Problem.malformed(Fault.of("structure", "the body is no JSON of that form")));
    }
}

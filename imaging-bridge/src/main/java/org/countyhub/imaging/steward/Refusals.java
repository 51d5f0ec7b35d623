package org.countyhub.imaging.steward;

import java.util.List;
import org.countyhub.imaging.http.RefusalStatus;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.ProblemException;
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
        RefusalStatus status = RefusalStatus.of(refusal.problem());
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status.code());
        status.headers().forEach(answer::header);
        return answer.body(new Body(refusal.problem().faults()));
    }
}

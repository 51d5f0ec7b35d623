package org.countyhub.kernel;

import java.util.Objects;
import java.util.stream.Collectors;

/** Carries a {@link Problem} from the domain to the edge. Has no stack trace: a refusal is an answer, not a defect. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.faults().stream().map(Fault::diagnostics).collect(Collectors.joining("; ")), null, false, false);
        this.problem = Objects.requireNonNull(problem);
    }

    public Problem problem() {
        return problem;
    }
}

package org.countyhub.fhir.hl7v2.message;

import java.util.List;

/** Ends the work on a message, of which nothing is kept. Has no stack trace: it is an answer, not a defect. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Verdict verdict;
    private final transient List<MessageError> errors;

    private Refusal(Verdict verdict, List<MessageError> errors) {
        super(errors.getFirst().text(), null, false, false);
        this.verdict = verdict;
        this.errors = List.copyOf(errors);
    }

    /** The message has to be put right before it is sent again. */
    public static Refusal error(Location location, ErrorCode code, String text) {
        return error(List.of(new MessageError(location, code, text)));
    }

    public static Refusal error(List<MessageError> errors) {
        return new Refusal(Verdict.ERROR, errors);
    }

    /** The hub takes no such message, or takes none now. */
    public static Refusal reject(Location location, ErrorCode code, String text) {
        return reject(List.of(new MessageError(location, code, text)));
    }

    public static Refusal reject(List<MessageError> errors) {
        return new Refusal(Verdict.REJECT, errors);
    }

    public Verdict verdict() {
        return verdict;
    }

    public List<MessageError> errors() {
        return errors;
    }
}

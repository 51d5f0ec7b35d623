package org.countyhub.fhir.hl7v2.adt;

import java.util.List;
import java.util.Map;
import org.countyhub.fhir.hl7v2.message.ErrorCode;
import org.countyhub.fhir.hl7v2.message.Location;
import org.countyhub.fhir.hl7v2.message.MessageError;
import org.countyhub.fhir.hl7v2.message.Refusal;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** From what the domain refuses to what an acknowledgement says. */
public final class Problems {
    private static final Map<String, Integer> FIELDS = Map.of(
            "identifier", 3,
            "name", 5,
            "birthDate", 7,
            "gender", 8,
            "address", 11,
            "telecom", 13,
            "multipleBirth", 24,
            "deceased", 29);

    private Problems() {}

    public static Refusal refusal(Problem problem) {
        return switch (problem) {
            case Problem.Busy ignored -> rejected(problem);
            case Problem.TooCostly ignored -> rejected(problem);
            case Problem.StaleVersion ignored -> rejected(problem);
            case Problem.MultipleMatches ignored -> faulty(problem, ErrorCode.DUPLICATE_KEY_IDENTIFIER);
            case Problem.Malformed ignored -> faulty(problem, ErrorCode.DATA_TYPE);
            case Problem.Unprocessable ignored -> faulty(problem, ErrorCode.INTERNAL);
            case Problem.Conflict ignored -> faulty(problem, ErrorCode.INTERNAL);
            case Problem.BadSearch ignored -> faulty(problem, ErrorCode.INTERNAL);
            case Problem.NotFound ignored -> faulty(problem, ErrorCode.INTERNAL);
            case Problem.Gone ignored -> faulty(problem, ErrorCode.INTERNAL);
            case Problem.Forbidden ignored -> faulty(problem, ErrorCode.INTERNAL);
            case Problem.NotSupported ignored -> faulty(problem, ErrorCode.INTERNAL);
            case Problem.UnsupportedMedia ignored -> faulty(problem, ErrorCode.INTERNAL);
            case Problem.NotAcceptable ignored -> faulty(problem, ErrorCode.INTERNAL);
            case Problem.TooLarge ignored -> faulty(problem, ErrorCode.INTERNAL);
        };
    }

    private static Refusal rejected(Problem problem) {
        return Refusal.reject(problem.faults().stream()
                .map(fault -> error(fault, null, ErrorCode.RECORD_LOCKED))
                .toList());
    }

    private static Refusal faulty(Problem problem, ErrorCode code) {
        List<MessageError> errors = problem.faults().stream()
                .map(fault -> error(fault, place(fault.expression()), code))
                .toList();
        return Refusal.error(errors);
    }

    static MessageError error(Fault fault, @Nullable Location at, ErrorCode code) {
        String place = fault.expression() == null || at != null ? "" : fault.expression() + ": ";
        return new MessageError(at, code, place + fault.diagnostics());
    }

    /** The field that an element of Patient was made of. */
    private static @Nullable Location place(@Nullable String expression) {
        if (expression != null && expression.startsWith("Patient.")) {
            String element = expression.substring("Patient.".length()).split("[^A-Za-z]", 2)[0];
            for (Map.Entry<String, Integer> field : FIELDS.entrySet()) {
                if (element.startsWith(field.getKey())) {
                    return Location.field("PID", field.getValue());
                }
            }
            if (element.startsWith("contact")) {
                return Location.segment("NK1");
            }
        }
        return null;
    }
}

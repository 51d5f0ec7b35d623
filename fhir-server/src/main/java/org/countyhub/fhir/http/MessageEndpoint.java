package org.countyhub.fhir.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.countyhub.fhir.identity.feed.FeedMessage;
import org.countyhub.fhir.identity.feed.PatientFeed;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * {@code $process-message} (R4, operation-messageheader-process-message): takes patient feeds (IHE ITI-93). What can be answered
 * as a message is, with status 200, whatever became of it; anything else is refused like any request.
 */
final class MessageEndpoint {
    private static final String RESPONSE_EVENT = "urn:ihe:iti:pmir:2019:patient-feed-response";
    private static final String RESPONSE_DEFINITION =
            "https://profiles.ihe.net/ITI/PMIR/MessageDefinition/IHE.PMIR.MessageDefinition.Response";

    private final PatientFeed feed;
    private final ContentReader contents;
    private final Clock clock;

    MessageEndpoint(PatientFeed feed, ContentReader contents, Clock clock) {
        this.feed = feed;
        this.contents = contents;
        this.clock = clock;
    }

    Reply process(FhirRequest request) {
        KnownParameters.GENERAL.require(request);
        FeedMessage message = FeedMessage.of(content(contents.resource(request.content())));
        try {
            feed.carryOut(message);
            return answer(request, message, "ok", null);
        } catch (ProblemException e) {
            return answer(
                    request,
                    message,
                    code(e.problem()),
                    Outcomes.outcome("error", e.problem().faults()));
        }
    }

    /** The message, whether it came by itself or as the parameter {@code content}. */
    private static ObjectNode content(ObjectNode sent) {
        for (var parameter : sent.path("parameter")) {
            if (parameter.path("name").asText().equals("content")
                    && parameter.get("resource") instanceof ObjectNode bundle) {
                return bundle;
            }
        }
        return sent;
    }

    /** R4, response-code: whether the same message may go through later. */
    private static String code(Problem problem) {
        boolean later = problem instanceof Problem.Busy || problem instanceof Problem.StaleVersion;
        return later ? "transient-error" : "fatal-error";
    }

    private Reply answer(FhirRequest request, FeedMessage message, String code, byte @Nullable [] outcome) {
        String header = UUID.randomUUID().toString();
        String details = UUID.randomUUID().toString();
        JsonBytes json = new JsonBytes(1_024)
                .raw("{\"resourceType\":\"Bundle\",\"id\":\"")
                .raw(UUID.randomUUID().toString())
                .raw("\",\"type\":\"message\",\"timestamp\":\"")
                .raw(clock.instant().truncatedTo(ChronoUnit.MILLIS).toString())
                .raw("\",\"entry\":[{\"fullUrl\":\"urn:uuid:")
                .raw(header)
                .raw("\",\"resource\":{\"resourceType\":\"MessageHeader\",\"id\":\"")
                .raw(header)
                .raw("\",\"eventUri\":\"" + RESPONSE_EVENT + "\",\"source\":{\"name\":\"County hub\",\"endpoint\":")
                .string(request.base())
                .raw("},\"response\":{\"identifier\":")
                .string(message.id())
                .raw(",\"code\":\"")
                .raw(code)
                .raw("\"");
        if (outcome != null) {
            json.raw(",\"details\":{\"reference\":\"urn:uuid:").raw(details).raw("\"}");
        }
        json.raw("},\"definition\":\"" + RESPONSE_DEFINITION + "\"}}");
        if (outcome != null) {
            json.raw(",{\"fullUrl\":\"urn:uuid:")
                    .raw(details)
                    .raw("\",\"resource\":")
                    .raw(outcome)
                    .raw("}");
        }
        return Reply.of(200, json.raw("]}").toByteArray());
    }
}

package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStamp;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a steward has written into the Task of a question: outputs behind those that are there, the owner and
 * notes. Everything else is the server's and stays; whoever changes it is told where.
 */
final class AnswerReader {
    private static final Set<String> STEWARDS = Set.of("output", "owner", "note", "text", "status");

    private final ObjectNode before;
    private final ObjectNode sent;
    private final JsonNode outputs;
    private final int known;

    private AnswerReader(ObjectNode before, ObjectNode sent) {
        this.before = before;
        this.sent = sent;
        this.outputs = sent.path("output");
        this.known = before.path("output").size();
    }

    /**
     * What was read.
     *
     * @param task the Task with what the steward may write, still in its status
     * @param given the answers that it held before
     * @param answer null where the steward has not answered yet, but taken it up or noted something
     * @param sentStatus what the steward takes the Task for from now on
     */
    record Reading(
            ReviewTask task, List<Answer> given, @Nullable Answer answer, String sentStatus) {}

    static Reading read(ObjectNode before, ObjectNode sent, Instant now) {
        return new AnswerReader(ResourceStamp.unstamped(before), ResourceStamp.unstamped(sent)).read(now);
    }

    private Reading read(Instant now) {
        ReviewTask task = ReviewTask.of(before);
        if (!task.isOpen()) {
            throw conflict("Task.status", "the question is " + task.status() + " and takes no answer any more");
        }
        requireOutputsKept();
        requireRestAsItWas();
        Answer answer = outputs.size() == known ? null : answer(task);
        ObjectNode content = task.content();
        for (String name : List.of("output", "owner", "note", "text")) {
            JsonNode value = sent.get(name);
            if (value == null) {
                content.remove(name);
            } else {
                content.set(name, value.deepCopy());
            }
        }
        for (int i = known; answer != null && i < outputs.size(); i++) {
            if (ReviewTask.isOfType(outputs.path(i), Answer.DECISION)) {
                content.withArray("output").set(i, Answer.noted((ObjectNode) outputs.path(i), answer.by(), now));
            }
        }
        return new Reading(
                task, Answer.given(before), answer, sent.path("status").asText());
    }

    private void requireRestAsItWas() {
        Set<String> names = new LinkedHashSet<>();
        before.fieldNames().forEachRemaining(names::add);
        sent.fieldNames().forEachRemaining(names::add);
        names.removeAll(STEWARDS);
        for (String name : names) {
            JsonNode was = before.path(name);
            JsonNode is = sent.path(name);
            if (!same(was, is)) {
                throw conflict(
                        "Task." + name + difference(was, is),
                        "the server has written this; an answer adds outputs, the owner and notes");
            }
        }
    }

    private void requireOutputsKept() {
        for (int i = 0; i < known; i++) {
            if (!same(before.path("output").path(i), outputs.path(i))) {
                throw conflict(
                        "Task.output[" + i + "]",
                        "this was answered before and stays; a further answer is added behind it");
            }
        }
    }

    /** The same content; what a client reads as a number may come back with other digits behind the point. */
    private static boolean same(JsonNode was, JsonNode is) {
        return was.equals(
                (one, other) -> one.isNumber() && other.isNumber()
                        ? one.decimalValue().compareTo(other.decimalValue())
                        : one.equals(other) ? 0 : 1,
                is);
    }

    /** The first item that differs, such as {@code [2]}; empty where it is not one of several. */
    private static String difference(JsonNode was, JsonNode is) {
        if (was.isArray() && is.isArray()) {
            for (int i = 0; i < was.size(); i++) {
                if (!same(was.path(i), is.path(i))) {
                    return "[" + i + "]";
                }
            }
            return "[" + was.size() + "]";
        }
        return "";
    }

    private Answer answer(ReviewTask task) {
        Answer.Decision decision = null;
        ResourceKey person = null;
        String placeOfPerson = "";
        for (int i = known; i < outputs.size(); i++) {
            JsonNode output = outputs.path(i);
            String place = "Task.output[" + i + "]";
            if (output.has("extension")) {
                throw refusal(place + ".extension", "an answer has no extensions; the server notes who gave it");
            }
            if (ReviewTask.isOfType(output, Answer.DECISION) && decision == null) {
                decision = decision(output, place);
            } else if (ReviewTask.isOfType(output, Answer.PERSON) && decision != null && person == null) {
                person = candidate(task, output, place);
                placeOfPerson = place;
            } else {
                throw refusal(
                        place + ".type",
                        "an answer is one output of type decision and, behind it, at most one of type person, both of "
                                + LinkRecords.TASK_CODES);
            }
        }
        if (decision == null) {
            throw refusal("Task.output[" + known + "]", "an answer needs a decision");
        }
        if (decision != Answer.Decision.LINK && person != null) {
            throw refusal(placeOfPerson, "a person is named with the decision link only");
        }
        if (decision == Answer.Decision.LINK && person == null) {
            List<ReviewTask.Candidate> candidates = task.candidates();
            if (candidates.size() != 1) {
                throw refusal(
                        "Task.output[" + known + "]",
                        "several persons are asked about: an output of type person says which of them it is");
            }
            person = candidates.getFirst().person();
        }
        return new Answer(decision, person, Steward.of(sent.path("owner")));
    }

    private static Answer.Decision decision(JsonNode output, String place) {
        return Answer.Decision.of(output.path("valueCode").asText())
                .orElseThrow(() -> refusal(place + ".valueCode", "a decision is a code: link, not-the-same or later"));
    }

    private static ResourceKey candidate(ReviewTask task, JsonNode output, String place) {
        ResourceKey person = ReviewTask.key(output.path("valueReference"));
        if (person == null
                || task.candidates().stream()
                        .noneMatch(candidate -> candidate.person().equals(person))) {
            throw refusal(place + ".valueReference", "this is none of the persons who are asked about");
        }
        return person;
    }

    static ProblemException conflict(String place, String diagnostics) {
        return new Problem.Conflict(List.of(Fault.at(place, "conflict", diagnostics))).exception();
    }

    static ProblemException refusal(String place, String diagnostics) {
        return Problem.unprocessable(Fault.at(place, "business-rule", diagnostics));
    }
}

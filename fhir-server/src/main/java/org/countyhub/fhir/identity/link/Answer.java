package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.countyhub.fhir.resource.ResourceKey;
import org.jspecify.annotations.Nullable;

/**
 * What a steward says to a question: an output of the Task of type {@code decision}, and, where several persons are asked
 * about, one of type {@code person}.
 *
 * @param person the candidate that a link is to; null where nobody is named
 */
record Answer(Decision decision, @Nullable ResourceKey person, Steward by) {
    static final String DECISION = "decision";
    static final String PERSON = "person";

    /** Where the server notes who gave an answer and when. */
    private static final String GIVEN = "https://countyhub.org/fhir/StructureDefinition/steward-answer";

    enum Decision {
        LINK,
        NOT_THE_SAME,
        LATER;

        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Decision> of(String code) {
            return Stream.of(values()).filter(each -> each.code().equals(code)).findFirst();
        }
    }

    /** A decision with the note of who gave it and when. */
    static ObjectNode noted(ObjectNode decision, Steward by, Instant now) {
        ObjectNode noted = JsonNodeFactory.instance.objectNode();
        ObjectNode given = noted.putArray("extension").addObject();
        given.put("url", GIVEN);
        ArrayNode parts = given.putArray("extension");
        parts.addObject().put("url", "steward").set("valueReference", by.reference());
        parts.addObject().put("url", "time").put("valueDateTime", now.toString());
        noted.setAll(decision);
        return noted;
    }

    /** The answers that a Task holds already, in their order. */
    static List<Answer> given(ObjectNode task) {
        List<Answer> answers = new ArrayList<>();
        JsonNode outputs = task.path("output");
        for (int i = 0; i < outputs.size(); i++) {
            JsonNode by = steward(outputs.path(i));
            Decision decision =
                    Decision.of(outputs.path(i).path("valueCode").asText()).orElse(null);
            if (by.isObject() && decision != null) {
                JsonNode next = outputs.path(i + 1);
                boolean named = ReviewTask.isOfType(next, PERSON);
                answers.add(new Answer(
                        decision, named ? ReviewTask.key(next.path("valueReference")) : null, Steward.of(by)));
            }
        }
        return answers;
    }

    private static JsonNode steward(JsonNode output) {
        for (JsonNode extension : output.path("extension")) {
            if (extension.path("url").asText().equals(GIVEN)) {
                return extension.path("extension").path(0).path("valueReference");
            }
        }
        return MissingNode.getInstance();
    }
}

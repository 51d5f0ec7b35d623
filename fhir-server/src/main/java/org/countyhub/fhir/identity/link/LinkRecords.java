package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.countyhub.fhir.resource.RecordKind;
import org.countyhub.fhir.resource.ResourceKey;

/** What is written down about a decision: a Provenance for what was done, a Task for what a steward has to do. */
final class LinkRecords {
    /** Where the parts of an explanation stand in a Provenance or a Task. */
    static final String EVIDENCE = "https://countyhub.org/fhir/StructureDefinition/link-evidence";

    /** The part of the evidence that says which version of the model weighed it. */
    static final String MODEL = "model";

    static final String TASK_CODES = "https://countyhub.org/fhir/CodeSystem/steward-task";
    static final String REVIEW = "review-link";

    /** R4, iso-21089-lifecycle. */
    private static final String LIFECYCLE = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle";

    private static final String PARTICIPANT_TYPES = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

    private LinkRecords() {}

    /** What a decision does, as R4's life cycle of records calls it. */
    enum Activity {
        LINK,
        UNLINK,
        MERGE,
        UNMERGE;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A Provenance of a decision.
     *
     * @param who the steward, or the server's own rules
     */
    static ObjectNode provenance(
            Activity activity, List<ResourceKey> targets, Instant recorded, String who, Explanation why) {
        ObjectNode provenance = RecordKind.LINK_DECISION.create();
        provenance.putArray("extension").add(evidence(why));
        ArrayNode target = provenance.putArray("target");
        targets.forEach(key -> target.addObject().put("reference", key.toString()));
        provenance.put("recorded", recorded.toString());
        coding(provenance.putObject("activity"), LIFECYCLE, activity.code());
        ObjectNode agent = provenance.putArray("agent").addObject();
        coding(agent.putObject("type"), PARTICIPANT_TYPES, "assembler");
        agent.putObject("who").put("display", who);
        return provenance;
    }

    /** A Task for a steward: is this patient one of these persons? */
    static ObjectNode review(ResourceKey patient, List<ResourceKey> persons, Instant authored, Explanation why) {
        ObjectNode task = RecordKind.LINK_REVIEW.create();
        task.putArray("extension").add(evidence(why));
        task.put("status", "requested");
        task.put("intent", "proposal");
        coding(task.putObject("code"), TASK_CODES, REVIEW);
        task.putObject("focus").put("reference", patient.toString());
        task.putObject("for").put("reference", patient.toString());
        task.put("authoredOn", authored.toString());
        ArrayNode input = task.putArray("input");
        input(input, "patient").putObject("valueReference").put("reference", patient.toString());
        for (ResourceKey person : persons) {
            input(input, "candidate").putObject("valueReference").put("reference", person.toString());
        }
        why.conflicts().forEach(conflict -> input(input, "conflict").put("valueString", conflict));
        return task;
    }

    private static ObjectNode input(ArrayNode inputs, String code) {
        ObjectNode input = inputs.addObject();
        coding(input.putObject("type"), TASK_CODES, code);
        return input;
    }

    private static void coding(ObjectNode concept, String system, String code) {
        concept.putArray("coding").addObject().put("system", system).put("code", code);
    }

    private static ObjectNode evidence(Explanation why) {
        ObjectNode evidence = JsonNodeFactory.instance.objectNode();
        evidence.put("url", EVIDENCE);
        ArrayNode parts = evidence.putArray("extension");
        parts.addObject().put("url", "rule").put("valueCode", why.rule());
        parts.addObject().put("url", "weight").put("valueDecimal", decimal(why.weight()));
        if (why.model() != null) {
            parts.addObject().put("url", MODEL).put("valueInteger", why.model());
        }
        for (Explanation.Field field : why.fields()) {
            ObjectNode part = parts.addObject();
            part.put("url", "field");
            ArrayNode details = part.putArray("extension");
            details.addObject().put("url", "name").put("valueString", field.name());
            details.addObject().put("url", "level").put("valueString", field.level());
            details.addObject().put("url", "weight").put("valueDecimal", decimal(field.weight()));
        }
        why.conflicts()
                .forEach(conflict -> parts.addObject().put("url", "conflict").put("valueString", conflict));
        return evidence;
    }

    /** The evidence in a Task or a Provenance; missing when it has none. */
    static JsonNode evidenceOf(ObjectNode resource) {
        for (JsonNode extension : resource.path("extension")) {
            if (extension.path("url").asText().equals(EVIDENCE)) {
                return extension;
            }
        }
        return MissingNode.getInstance();
    }

    private static BigDecimal decimal(double weight) {
        return BigDecimal.valueOf(weight).setScale(2, RoundingMode.HALF_EVEN);
    }
}

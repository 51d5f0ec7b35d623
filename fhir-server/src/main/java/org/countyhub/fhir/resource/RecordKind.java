package org.countyhub.fhir.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Resources that the server itself keeps, told by a tag in {@code meta.tag}. Nobody else may write one, beyond the answer
 * to a question, and what they refer to may be deleted: they say what was.
 */
public enum RecordKind {
    /** The county's person behind the patients of the hospitals. */
    COUNTY_PERSON("Person", "county-person"),
    /** Why a link between a patient and a person was made or undone. */
    LINK_DECISION("Provenance", "link-decision"),
    /** A question to a steward whether a patient is one of some persons. */
    LINK_REVIEW("Task", "link-review"),
    /** Tells an organization that it was given results of wrongly joined patients. */
    DISCLOSURE_NOTICE("Communication", "disclosure-notice");

    /** The code system of the tags. */
    public static final String SYSTEM = "https://countyhub.org/fhir/CodeSystem/record-kind";

    private final String type;
    private final String code;

    RecordKind(String type, String code) {
        this.type = type;
        this.code = code;
    }

    /** The resource type. */
    public String type() {
        return type;
    }

    /** The code of the tag. */
    public String code() {
        return code;
    }

    /** A new resource of this kind, with its type and its tag. */
    public ObjectNode create() {
        ObjectNode resource = JsonNodeFactory.instance.objectNode();
        resource.put("resourceType", type);
        resource.putObject("meta")
                .putArray("tag")
                .addObject()
                .put("system", SYSTEM)
                .put("code", code);
        return resource;
    }

    /** The kind of a resource; null for one that the server does not keep. */
    public static @Nullable RecordKind of(@Nullable JsonNode resource) {
        if (resource == null) {
            return null;
        }
        for (JsonNode tag : resource.path("meta").path("tag")) {
            if (tag.path("system").asText().equals(SYSTEM)) {
                for (RecordKind kind : values()) {
                    if (kind.code.equals(tag.path("code").asText())) {
                        return kind;
                    }
                }
            }
        }
        return null;
    }
}

package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.study.Stored;
import org.jspecify.annotations.Nullable;

/**
 * A structured report or an encapsulated PDF of a study as DocumentReference (R4). The document stays where it is; the attachment
 * says where it is fetched by WADO-RS (PS3.18 section 10.4): a PDF as such, by the rendered resource of its instance.
 */
final class DocumentReferenceResource {
    /** Coding schemes by their designators (PS3.16 table 8-1). */
    private static final Map<String, String> SCHEMES =
            Map.of("LN", Systems.LOINC, "DCM", Systems.DCM, "SCT", Systems.SNOMED);

    private DocumentReferenceResource() {}

    static Token identifier(Stored instance) {
        return new Token(Systems.URI, "urn:oid:" + instance.sopInstanceUid());
    }

    /**
     * The resource.
     *
     * @param subject reference to the Patient
     * @param imagingStudy reference to the study's resource
     * @param dicomweb address of DICOMweb
     */
    static ObjectNode of(
            Stored instance,
            DocumentClass kind,
            InstanceMetadata metadata,
            String subject,
            String imagingStudy,
            String dicomweb,
            ZoneId zone) {
        ObjectNode resource = JsonNodeFactory.instance.objectNode().put("resourceType", "DocumentReference");
        Token identifier = identifier(instance);
        resource.putObject("masterIdentifier")
                .put("system", identifier.system())
                .put("value", identifier.value());
        resource.put("status", "current");
        String standing = standing(metadata);
        if (standing != null) {
            resource.put("docStatus", standing);
        }
        ObjectNode type = type(metadata.item(Tag.ConceptNameCodeSequence));
        if (!type.isEmpty()) {
            resource.set("type", type);
        }
        resource.putArray("category")
                .addObject()
                .putArray("coding")
                .addObject()
                .put("system", Systems.LOINC)
                .put("code", "18748-4")
                .put("display", "Diagnostic imaging study");
        resource.putObject("subject").put("reference", subject);
        String date = metadata.string(Tag.ContentDate);
        String time = metadata.string(Tag.ContentTime);
        String offset = metadata.string(Tag.TimezoneOffsetFromUTC);
        DicomTime.moment(date, time, offset, zone).ifPresent(moment -> resource.put("date", DicomTime.text(moment)));
        ObjectNode attachment =
                resource.putArray("content").addObject().putObject("attachment").put("contentType", kind.contentType());
        attachment.put("url", address(instance, dicomweb) + kind.resource());
        String title = title(metadata);
        if (title != null) {
            attachment.put("title", title);
            resource.put("description", title);
        }
        String created = DicomTime.dateTime(date, time, offset, zone);
        if (created != null) {
            attachment.put("creation", created);
        }
        resource.putObject("context").putArray("related").addObject().put("reference", imagingStudy);
        return resource;
    }

    /** Whether a DocumentReference is about an instance of that study, wherever DICOMweb was when it was written. */
    static boolean isOf(String studyUid, JsonNode documentReference) {
        return documentReference
                .path("content")
                .path(0)
                .path("attachment")
                .path("url")
                .asText()
                .contains("/studies/" + studyUid + "/series/");
    }

    private static String address(Stored instance, String dicomweb) {
        return dicomweb + "/studies/" + instance.studyUid() + "/series/" + instance.seriesUid() + "/instances/"
                + instance.sopInstanceUid();
    }

    /** What a document says of being finished and signed (PS3.3 section C.17.2); null where it says nothing. */
    private static @Nullable String standing(InstanceMetadata metadata) {
        String verified = metadata.string(Tag.VerificationFlag);
        String complete = metadata.string(Tag.CompletionFlag);
        if (verified == null && complete == null) {
            return null;
        }
        boolean isFinal = "VERIFIED".equals(verified) && !"PARTIAL".equals(complete);
        return isFinal ? "final" : "preliminary";
    }

    private static @Nullable String title(InstanceMetadata metadata) {
        String title = metadata.string(Tag.DocumentTitle);
        return title != null
                ? title
                : metadata.item(Tag.ConceptNameCodeSequence).string(Tag.CodeMeaning);
    }

    /** A concept; codes of schemes that FHIR has no address for are told in words. */
    private static ObjectNode type(InstanceMetadata concept) {
        ObjectNode type = JsonNodeFactory.instance.objectNode();
        String code = concept.string(Tag.CodeValue);
        String meaning = concept.string(Tag.CodeMeaning);
        String system = SCHEMES.get(Objects.requireNonNullElse(concept.string(Tag.CodingSchemeDesignator), ""));
        if (code != null && system != null) {
            type.putArray("coding").addObject().put("system", system).put("code", code);
        }
        if (meaning != null) {
            type.put("text", meaning);
        }
        return type;
    }
}

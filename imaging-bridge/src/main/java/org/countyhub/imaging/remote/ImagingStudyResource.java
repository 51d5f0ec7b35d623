package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.study.CloudIndex;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.Study;
import org.jspecify.annotations.Nullable;

/**
 * A study as ImagingStudy (R4; mapping to DICOM in ImagingStudy, section 8.18). Counts come from the index. Each series says how many
 * instances it has; the instances themselves are listed for studies of few, as the metadata of the others come faster by
 * WADO-RS, and a resource of thousands of instances would be stored again with each late one.
 */
final class ImagingStudyResource {
    /** The most instances of a study that are listed one by one: about 100 KB. */
    static final int MAX_LISTED_INSTANCES = 500;

    /** The most series that are listed; {@code numberOfSeries} says how many there are. */
    static final int MAX_LISTED_SERIES = 1_000;

    static final String CANCELLED = "cancelled";
    static final String ENTERED_IN_ERROR = "entered-in-error";

    private static final Map<String, String> SIDES = Map.of("L", "7771000", "R", "24028007");
    private static final Map<String, String> SIDE_NAMES = Map.of("L", "Left", "R", "Right");

    private ImagingStudyResource() {}

    /**
     * What the FHIR server knows beside the study.
     *
     * @param subject reference to the Patient
     * @param endpoint reference to the Endpoint
     * @param order reference to the ServiceRequest; null for none
     * @param cloudIndex null where not all of it is known
     */
    record Surroundings(
            String subject,
            String endpoint,
            @Nullable String order,
            @Nullable CloudIndex cloudIndex) {}

    /**
     * The resource.
     *
     * @param instances by series UID; empty when they are not to be listed
     */
    static ObjectNode of(Study study, Map<String, List<Stored>> instances, Surroundings around, ZoneId zone) {
        Dataset attributes = study.attributes();
        ObjectNode resource = JsonNodeFactory.instance.objectNode().put("resourceType", "ImagingStudy");
        addIdentifiers(study, around.cloudIndex(), resource.putArray("identifier"));
        resource.put("status", status(study));
        addModalities(study, resource);
        resource.putObject("subject").put("reference", around.subject());
        put(resource, "started", DicomTime.dateTime(attributes, Tag.StudyDate, Tag.StudyTime, zone));
        if (around.order() != null) {
            resource.putArray("basedOn").addObject().put("reference", around.order());
        }
        String referrer = HumanNames.display(attributes.string(Tag.ReferringPhysicianName));
        if (referrer != null) {
            resource.putObject("referrer").put("display", referrer);
        }
        resource.putArray("endpoint").addObject().put("reference", around.endpoint());
        resource.put("numberOfSeries", study.series().size());
        resource.put("numberOfInstances", study.instances());
        put(resource, "description", Text.clean(attributes.string(Tag.StudyDescription)));
        ArrayNode series = JsonNodeFactory.instance.arrayNode();
        study.series().stream()
                .limit(MAX_LISTED_SERIES)
                .forEach(one -> series.add(series(one, instances.getOrDefault(one.seriesUid(), List.of()), zone)));
        if (!series.isEmpty()) {
            resource.set("series", series);
        }
        return resource;
    }

    /** imagingstudy-status. A study begins with its first instance, so one without any has been deleted. */
    private static String status(Study study) {
        if (study.instances() == 0) {
            return ENTERED_IN_ERROR;
        }
        return switch (study.status()) {
            case AVAILABLE -> "available";
            case CANCELLED -> CANCELLED;
            case ENTERED_IN_ERROR -> ENTERED_IN_ERROR;
        };
    }

    private static void addIdentifiers(Study study, @Nullable CloudIndex cloudIndex, ArrayNode identifiers) {
        Token uid = Token.ofStudy(study.studyUid());
        identifiers.addObject().put("system", uid.system()).put("value", uid.value());
        Token accession = accession(study);
        if (accession != null) {
            ObjectNode identifier = identifiers.addObject();
            identifier
                    .putObject("type")
                    .putArray("coding")
                    .addObject()
                    .put("system", Systems.IDENTIFIER_TYPE)
                    .put("code", "ACSN");
            identifier.put("system", accession.system()).put("value", accession.value());
        }
        if (cloudIndex != null) {
            identifiers.addObject().put("system", Systems.CLOUD_INDEX).put("value", cloudIndex.text());
        }
    }

    /** The accession number, which its hospital alone gives out; null where the study has none. */
    static @Nullable Token accession(Study study) {
        String number = Text.clean(study.attributes().string(Tag.AccessionNumber));
        return number == null ? null : new Token(study.source().accessionSystem(), number);
    }

    private static void addModalities(Study study, ObjectNode resource) {
        List<String> modalities = study.modalities().stream()
                .filter(AcquisitionModality::contains)
                .distinct()
                .toList();
        if (!modalities.isEmpty()) {
            ArrayNode codings = resource.putArray("modality");
            modalities.forEach(code -> codings.add(coding(Systems.DCM, code)));
        }
    }

    private static ObjectNode series(Study.Series series, List<Stored> instances, ZoneId zone) {
        Dataset attributes = series.attributes();
        ObjectNode resource = JsonNodeFactory.instance.objectNode().put("uid", series.seriesUid());
        long number = attributes.integer(Tag.SeriesNumber, -1);
        if (number >= 0 && number <= Integer.MAX_VALUE) {
            resource.put("number", number);
        }
        String modality = Text.clean(series.modality());
        // FHIR needs a modality; OT is DICOM's own word for one that is not said (PS3.3 section C.7.3.1.1.1).
        resource.set("modality", coding(Systems.DCM, modality == null ? "OT" : modality));
        put(resource, "description", Text.clean(attributes.string(Tag.SeriesDescription)));
        resource.put("numberOfInstances", series.instances());
        String bodyPart = Text.clean(attributes.string(Tag.BodyPartExamined));
        if (bodyPart != null) {
            resource.putObject("bodySite").put("display", bodyPart);
        }
        String side = attributes.string(Tag.Laterality, "");
        if (SIDES.containsKey(side)) {
            resource.set("laterality", coding(Systems.SNOMED, SIDES.get(side)).put("display", SIDE_NAMES.get(side)));
        }
        put(resource, "started", DicomTime.dateTime(attributes, Tag.SeriesDate, Tag.SeriesTime, zone));
        if (!instances.isEmpty()) {
            ArrayNode listed = resource.putArray("instance");
            instances.forEach(instance -> listed.addObject()
                    .put("uid", instance.sopInstanceUid())
                    .set("sopClass", coding(Systems.URI, "urn:oid:" + instance.sopClassUid())));
        }
        return resource;
    }

    private static ObjectNode coding(String system, @Nullable String code) {
        return JsonNodeFactory.instance.objectNode().put("system", system).put("code", code);
    }

    private static void put(ObjectNode into, String name, @Nullable String value) {
        if (value != null) {
            into.put(name, value);
        }
    }
}

package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.Optional;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Study;
import org.jspecify.annotations.Nullable;

/**
 * A hospital's Patient as its images tell of them (PS3.3 section C.7.1.1). It is sent as a conditional create only: a Patient that
 * is there was written by a system that knows more of patients than a modality does.
 */
final class PatientResource {
    private PatientResource() {}

    static ObjectNode of(Study study) {
        ObjectNode patient = JsonNodeFactory.instance.objectNode().put("resourceType", "Patient");
        PatientKey key = study.patient();
        patient.putArray("identifier").addObject().put("system", key.system()).put("value", key.id());
        ArrayNode names = HumanNames.of(study.attributes().string(Tag.PatientName));
        if (!names.isEmpty()) {
            patient.set("name", names);
        }
        String gender = gender(study.attributes().string(Tag.PatientSex));
        if (gender != null) {
            patient.put("gender", gender);
        }
        Optional<LocalDate> birth = DicomTime.date(study.attributes().string(Tag.PatientBirthDate));
        birth.ifPresent(date -> patient.put("birthDate", date.toString()));
        String organization = study.source().organization();
        if (organization != null) {
            patient.putObject("managingOrganization").put("reference", organization);
        }
        return patient;
    }

    private static @Nullable String gender(@Nullable String sex) {
        return switch (sex == null ? "" : sex) {
            case "M" -> "male";
            case "F" -> "female";
            case "O" -> "other";
            default -> null;
        };
    }
}

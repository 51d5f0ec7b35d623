package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Uid;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.study.Source;
import org.jspecify.annotations.Nullable;

/** A ServiceRequest as an item of a worklist (PS3.4 table K.6-1) with one scheduled procedure step. */
record ScheduledOrder(JsonNode order, Source hospital, ZoneId zone) {
    /** AE titles of stations, as identifiers of those who are to perform an order. */
    private static final String AE_TITLE = "https://countyhub.org/sid/ae-title";

    private static final DateTimeFormatter TM = DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT);
    private static final int SHORT = 16;
    private static final int LONG = 64;

    /**
     * The item; empty where the order names no modality or no day, or has no accession number that DICOM can hold.
     *
     * @param asking the station that asks: an order that names no station is scheduled for any
     */
    Optional<Dataset> item(JsonNode patient, String patientId, @Nullable String asking) {
        Optional<String> modality = modality();
        Optional<String> accession = accession();
        Optional<ZonedDateTime> start = start();
        if (modality.isEmpty() || accession.isEmpty() || start.isEmpty()) {
            return Optional.empty();
        }
        Dataset.Builder item = Dataset.builder()
                .set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192")
                .set(Tag.AccessionNumber, Vr.SH, accession.get())
                .set(
                        Tag.ReferringPhysicianName,
                        Vr.PN,
                        text(order.path("requester").path("display"), LONG))
                .set(Tag.PatientName, Vr.PN, PersonNames.of(patient.path("name")))
                .set(Tag.PatientID, Vr.LO, patientId)
                .set(Tag.PatientBirthDate, Vr.DA, birthDate(patient))
                .set(Tag.PatientSex, Vr.CS, sex(patient))
                .set(Tag.StudyInstanceUID, Vr.UI, studyUid(accession.get()))
                .set(Tag.RequestedProcedureDescription, Vr.LO, description())
                .set(Tag.RequestedProcedureID, Vr.SH, accession.get())
                .set(Tag.RequestedProcedurePriority, Vr.SH, priority())
                .set(
                        Tag.ScheduledProcedureStepSequence,
                        List.of(step(modality.get(), accession.get(), start.get(), asking)));
        List<Dataset> codes = codes();
        if (!codes.isEmpty()) {
            item.set(Tag.RequestedProcedureCodeSequence, codes);
        }
        return Optional.of(item.build());
    }

    private Dataset step(String modality, String accession, ZonedDateTime start, @Nullable String asking) {
        return Dataset.builder()
                .set(Tag.Modality, Vr.CS, modality)
                .set(Tag.ScheduledStationAETitle, Vr.AE, station().orElse(Objects.requireNonNullElse(asking, "")))
                .set(Tag.ScheduledProcedureStepStartDate, Vr.DA, FhirWorklist.da(start.toLocalDate()))
                .set(Tag.ScheduledProcedureStepStartTime, Vr.TM, TM.format(start))
                .set(
                        Tag.ScheduledPerformingPhysicianName,
                        Vr.PN,
                        text(order.path("performer").path(0).path("display"), LONG))
                .set(Tag.ScheduledProcedureStepDescription, Vr.LO, description())
                .set(Tag.ScheduledProcedureStepID, Vr.SH, accession)
                .build();
    }

    /** The first code of an acquisition modality in what kind of order it is, what is ordered, or how. */
    private Optional<String> modality() {
        List<JsonNode> concepts = new ArrayList<>();
        order.path("category").forEach(concepts::add);
        concepts.add(order.path("code"));
        order.path("orderDetail").forEach(concepts::add);
        for (JsonNode concept : concepts) {
            for (JsonNode coding : concept.path("coding")) {
                String code = coding.path("code").asText();
                if (coding.path("system").asText().equals(Systems.DCM) && AcquisitionModality.contains(code)) {
                    return Optional.of(code);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> accession() {
        return Token.all(order.path("identifier")).stream()
                .filter(token -> token.system().equals(hospital.accessionSystem()))
                .map(Token::value)
                .filter(value -> value.length() <= SHORT && !value.contains("\\"))
                .findFirst();
    }

    private Optional<String> station() {
        for (JsonNode performer : order.path("performer")) {
            JsonNode identifier = performer.path("identifier");
            String title = identifier.path("value").asText();
            if (identifier.path("system").asText().equals(AE_TITLE) && title.length() <= SHORT) {
                return Optional.of(title);
            }
        }
        return Optional.empty();
    }

    /** When it is to be done; a day without a time begins at midnight. A month or a year is no day on which something is scheduled. */
    private Optional<ZonedDateTime> start() {
        String said = order.path("occurrenceDateTime").asText();
        String text =
                said.isEmpty() ? order.path("occurrencePeriod").path("start").asText() : said;
        try {
            return text.contains("T")
                    ? Optional.of(OffsetDateTime.parse(text).atZoneSameInstant(zone))
                    : Optional.of(LocalDate.parse(text).atStartOfDay(zone));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private String description() {
        JsonNode code = order.path("code");
        String text = text(code.path("text"), LONG);
        return text.isEmpty() ? text(code.path("coding").path(0).path("display"), LONG) : text;
    }

    private List<Dataset> codes() {
        List<Dataset> codes = new ArrayList<>();
        for (JsonNode coding : order.path("code").path("coding")) {
            String code = text(coding.path("code"), SHORT + 1);
            String system = coding.path("system").asText();
            String scheme = system.equals(Systems.DCM) ? "DCM" : system.equals(Systems.SNOMED) ? "SCT" : "99COUNTYHUB";
            if (!code.isEmpty() && code.length() <= SHORT) {
                codes.add(Dataset.builder()
                        .set(Tag.CodeValue, Vr.SH, code)
                        .set(Tag.CodingSchemeDesignator, Vr.SH, scheme)
                        .set(Tag.CodeMeaning, Vr.LO, text(coding.path("display"), LONG))
                        .build());
            }
        }
        return codes;
    }

    private String priority() {
        return switch (order.path("priority").asText()) {
            case "stat" -> "STAT";
            case "urgent", "asap" -> "HIGH";
            default -> "ROUTINE";
        };
    }

    /** The study's UID that the order names, else one that is always the same for it (PS3.5 section B.2). */
    private String studyUid(String accession) {
        for (Token token : Token.all(order.path("identifier"))) {
            String uid = token.value().replaceFirst("^urn:oid:", "");
            if (token.system().equals(Token.DICOM_UID) && Uid.isValid(uid)) {
                return uid;
            }
        }
        return Uid.of(UUID.nameUUIDFromBytes(
                (hospital.accessionSystem() + "|" + accession).getBytes(StandardCharsets.UTF_8)));
    }

    private static String birthDate(JsonNode patient) {
        return DicomTime.date(patient.path("birthDate").asText().replace("-", ""))
                .map(FhirWorklist::da)
                .orElse("");
    }

    private static String sex(JsonNode patient) {
        return switch (patient.path("gender").asText()) {
            case "male" -> "M";
            case "female" -> "F";
            case "other" -> "O";
            default -> "";
        };
    }

    private static String text(JsonNode node, int most) {
        String text = Text.clean(node.asText());
        if (text == null) {
            return "";
        }
        String plain = text.replace('\\', '/');
        return plain.codePointCount(0, plain.length()) <= most
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, most));
    }
}

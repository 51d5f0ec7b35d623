package org.countyhub.bench.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.countyhub.bench.county.County;
import org.countyhub.bench.county.Order;
import org.countyhub.bench.county.ReportKind;
import org.countyhub.bench.county.Reports;
import org.countyhub.bench.dicom.Attributes;
import org.countyhub.bench.dicom.CharacterSet;
import org.countyhub.bench.dicom.Instance;
import org.countyhub.bench.dicom.PixelData;
import org.countyhub.bench.dicom.Tag;
import org.countyhub.bench.dicom.Uid;
import org.countyhub.bench.imaging.StudyHeader;
import org.countyhub.bench.imaging.UltrasoundLoop;
import org.countyhub.bench.phantom.ChestPhantom;
import org.countyhub.bench.phantom.HeadPhantom;

/**
 * The images behind some reports of the demo: the study UID of the report, and the patient's number at that hospital. They are drawn,
 * so that a viewer shows something that is like a head, a chest, a beating heart and an electrocardiogram.
 */
final class DemoStudies {
    /** How far orders are looked through for one of each kind. */
    private static final int ORDERS = 2_000;

    private static final int SLICES = 40;
    private static final int FRAMES = 48;

    private DemoStudies() {}

    /** An order and the study that its report names. */
    private record Examination(Order order, String uid, String description) {
        StudyHeader header(String modality, String bodyPart) {
            return new StudyHeader(
                    "demo/" + order.number(),
                    uid,
                    order.person(),
                    order.registration(),
                    order.accession(),
                    order.performedAt().toLocalDateTime(),
                    modality,
                    bodyPart,
                    description);
        }

        DemoStudy study(String what, boolean posted, List<Instance> instances) {
            return new DemoStudy(what, order.hospital(), order.registration().patientKey(), posted, instances);
        }
    }

    /** One study of each kind that the county has an order for. */
    static List<DemoStudy> of(County county) {
        List<DemoStudy> studies = new ArrayList<>();
        imaging(county, study -> is(study, "CT") && description(study).contains("颅脑"))
                .ifPresent(exam -> studies.add(exam.study("CT of the head", false, head(exam.header("CT", "HEAD")))));
        imaging(county, study -> is(study, "DX") && description(study).contains("胸部"))
                .ifPresent(exam -> studies.add(
                        exam.study("X-ray of the chest", true, List.of(chest(exam.header("DX", "CHEST"))))));
        imaging(county, study -> is(study, "US"))
                .ifPresent(exam -> studies.add(exam.study(
                        "ultrasound loop",
                        true,
                        List.of(UltrasoundLoop.instance(exam.header("US", "HEART"), FRAMES, 1)))));
        electrocardiogram(county)
                .ifPresent(exam -> studies.add(
                        exam.study("12-lead ECG", false, List.of(electrocardiogram(exam.header("ECG", "HEART"))))));
        return studies;
    }

    private static Optional<Examination> imaging(County county, Predicate<JsonNode> wanted) {
        return IntStream.range(0, ORDERS)
                .mapToObj(county::order)
                .filter(order -> order.kind() == ReportKind.IMAGING)
                .flatMap(order -> study(order).filter(wanted).stream()
                        .map(study -> new Examination(
                                order,
                                study.at("/identifier/0/value").asText().replace("urn:oid:", ""),
                                description(study))))
                .findFirst();
    }

    private static Optional<JsonNode> study(Order order) {
        for (JsonNode entry : Reports.of(order).path("entry")) {
            JsonNode resource = entry.path("resource");
            if (resource.path("resourceType").asText().equals("ImagingStudy")) {
                return Optional.of(resource);
            }
        }
        return Optional.empty();
    }

    private static boolean is(JsonNode study, String modality) {
        return study.at("/modality/0/code").asText().equals(modality);
    }

    private static String description(JsonNode study) {
        return study.path("description").asText();
    }

    private static Optional<Examination> electrocardiogram(County county) {
        return IntStream.range(0, ORDERS)
                .mapToObj(county::order)
                .filter(order -> order.kind() == ReportKind.ELECTROCARDIOGRAM)
                .findFirst()
                .map(order -> new Examination(order, Uid.of("demo/" + order.number()), "十二导联心电图"));
    }

    private static List<Instance> head(StudyHeader header) {
        List<Instance> slices = new ArrayList<>();
        for (int i = 0; i < SLICES; i++) {
            double height = 0.75 * (2.0 * i / (SLICES - 1) - 1);
            Attributes attributes = header.instance(1, i + 1)
                    .text(Tag.SliceThickness, "DS", "4")
                    .text(0x0018_0060, "DS", "120")
                    .text(Tag.ImagePositionPatient, "DS", "-110\\-110\\%.1f".formatted(110 * height))
                    .text(Tag.ImageOrientationPatient, "DS", "1\\0\\0\\0\\1\\0")
                    .text(Tag.PixelSpacing, "DS", "0.859\\0.859")
                    .text(Tag.RescaleIntercept, "DS", "-1024")
                    .text(Tag.RescaleSlope, "DS", "1")
                    .text(0x0028_1054, "LO", "HU")
                    .text(Tag.WindowCenter, "DS", "40")
                    .text(Tag.WindowWidth, "DS", "100");
            grey(attributes, HeadPhantom.SIZE, 12);
            // What most of the county's devices send: Chinese in GB18030.
            slices.add(Instance.of(
                    attributes,
                    CharacterSet.GB18030,
                    uids(header, i + 1, Uid.CT_IMAGE),
                    Uid.EXPLICIT_LITTLE_ENDIAN,
                    Optional.of(PixelData.of(HeadPhantom.slice(height, i)))));
        }
        return slices;
    }

    private static Instance chest(StudyHeader header) {
        Attributes attributes = header.instance(1, 1)
                .text(0x0008_0068, "CS", "FOR PRESENTATION")
                .text(0x0008_0008, "CS", "ORIGINAL\\PRIMARY")
                .text(0x0018_0060, "DS", "110")
                .text(0x0018_1164, "DS", "0.39\\0.39")
                .text(0x0018_5101, "CS", "PA")
                .text(0x0020_0020, "CS", "L\\F")
                .text(0x0020_0062, "CS", "U")
                .text(0x0028_0301, "CS", "NO")
                .text(0x0028_1040, "CS", "LOG")
                .number(0x0028_1041, "SS", 1)
                .text(Tag.RescaleIntercept, "DS", "0")
                .text(Tag.RescaleSlope, "DS", "1")
                .text(0x0028_1054, "LO", "US")
                .text(Tag.WindowCenter, "DS", "2048")
                .text(Tag.WindowWidth, "DS", "4096")
                .text(0x2050_0020, "CS", "IDENTITY");
        grey(attributes, ChestPhantom.SIZE, 12);
        return Instance.of(
                attributes,
                CharacterSet.UTF_8,
                uids(header, 1, Uid.DX_FOR_PRESENTATION),
                Uid.EXPLICIT_LITTLE_ENDIAN,
                Optional.of(PixelData.of(ChestPhantom.picture())));
    }

    private static Instance electrocardiogram(StudyHeader header) {
        Attributes attributes = header.instance(1, 1)
                .text(Tag.AcquisitionDateTime, "DT", "%1$tY%1$tm%1$td%1$tH%1$tM%1$tS".formatted(header.performed()))
                .items(0x0040_0555)
                .items(0x5400_0100, HeartBeats.waveform());
        return Instance.of(
                attributes,
                CharacterSet.UTF_8,
                uids(header, 1, Uid.ECG_12_LEAD),
                Uid.EXPLICIT_LITTLE_ENDIAN,
                Optional.empty());
    }

    private static Instance.Uids uids(StudyHeader header, int instance, String sopClass) {
        return new Instance.Uids(header.studyUid(), header.seriesUid(1), header.instanceUid(1, instance), sopClass);
    }

    private static void grey(Attributes attributes, int size, int bits) {
        attributes
                .number(Tag.SamplesPerPixel, "US", 1)
                .text(Tag.PhotometricInterpretation, "CS", "MONOCHROME2")
                .number(Tag.Rows, "US", size)
                .number(Tag.Columns, "US", size)
                .number(Tag.BitsAllocated, "US", 16)
                .number(Tag.BitsStored, "US", bits)
                .number(Tag.HighBit, "US", bits - 1)
                .number(Tag.PixelRepresentation, "US", 0);
    }
}

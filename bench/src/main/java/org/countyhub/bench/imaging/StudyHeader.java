package org.countyhub.bench.imaging;

import java.time.LocalDateTime;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import org.countyhub.bench.county.Person;
import org.countyhub.bench.county.Registration;
import org.countyhub.bench.county.Sex;
import org.countyhub.bench.dicom.Attributes;
import org.countyhub.bench.dicom.Tag;
import org.countyhub.bench.dicom.Uid;

/**
 * What all instances of a made-up study say of its patient, of the study and of the device: as much as devices do, with sequences
 * and private elements.
 *
 * @param name tells the study from all others; the UIDs of its series and instances are made of it
 * @param accession at most 16 characters
 * @param bodyPart a defined term of PS3.16 annex L, such as CHEST
 */
public record StudyHeader(
        String name,
        String studyUid,
        Person person,
        Registration registration,
        String accession,
        LocalDateTime performed,
        String modality,
        String bodyPart,
        String description) {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");
    private static final String PRIVATE_CREATOR = "COUNTYHUB BENCH 1.0";

    public String seriesUid(int series) {
        return Uid.of(name + "/" + series);
    }

    public String instanceUid(int series, int instance) {
        return Uid.of(name + "/" + series + "/" + instance);
    }

    /** The attributes of an instance, without its UIDs and what its image is like. */
    public Attributes instance(int series, int instance) {
        LocalDateTime taken = performed.plusSeconds(instance);
        String date = taken.format(DATE);
        return new Attributes()
                .with(patient())
                .with(study())
                .with(device())
                .text(0x0008_0008, "CS", "ORIGINAL\\PRIMARY\\AXIAL")
                .text(0x0008_0012, "DA", date)
                .text(0x0008_0013, "TM", taken.format(TIME))
                .text(Tag.SeriesDate, "DA", performed.format(DATE))
                .text(0x0008_0022, "DA", date)
                .text(Tag.ContentDate, "DA", date)
                .text(Tag.SeriesTime, "TM", performed.format(TIME))
                .text(0x0008_0032, "TM", taken.format(TIME))
                .text(Tag.ContentTime, "TM", taken.format(TIME))
                .text(Tag.Modality, "CS", modality)
                .text(Tag.SeriesDescription, "LO", description + " " + series)
                .text(Tag.BodyPartExamined, "CS", bodyPart)
                .text(0x0018_1030, "LO", description)
                .text(0x0018_5100, "CS", "HFS")
                .text(Tag.SeriesNumber, "IS", Integer.toString(series))
                .text(0x0020_0012, "IS", "1")
                .text(Tag.InstanceNumber, "IS", Integer.toString(instance))
                .text(Tag.FrameOfReferenceUID, "UI", Uid.of(name + "/frame of reference"))
                .text(0x0020_1040, "LO", "")
                .with(step())
                .with(privateElements(series, instance));
    }

    private Attributes patient() {
        return new Attributes()
                .text(Tag.PatientName, "PN", personName())
                .text(Tag.PatientID, "LO", registration.patientKey())
                .text(Tag.PatientBirthDate, "DA", person.birthDate().format(DATE))
                .text(Tag.PatientSex, "CS", person.sex() == Sex.MALE ? "M" : "F")
                .text(Tag.PatientAge, "AS", age())
                .text(0x0010_1030, "DS", "62.5")
                .text(0x0010_2160, "SH", "汉族")
                .text(0x0010_2180, "SH", "")
                .text(0x0010_4000, "LT", "由健康卡登记")
                .text(0x0012_0062, "CS", "NO");
    }

    private String personName() {
        String family = person.name().family();
        return family.isEmpty()
                ? person.name().given()
                : family + "^" + person.name().given();
    }

    private String age() {
        Period age = Period.between(person.birthDate(), performed.toLocalDate());
        return age.getYears() > 0
                ? "%03dY".formatted(age.getYears())
                : age.getMonths() > 0 ? "%03dM".formatted(age.getMonths()) : "%03dD".formatted(age.getDays());
    }

    private Attributes study() {
        return new Attributes()
                .text(Tag.StudyDate, "DA", performed.format(DATE))
                .text(Tag.StudyTime, "TM", performed.format(TIME))
                .text(Tag.AccessionNumber, "SH", accession)
                .text(Tag.ReferringPhysicianName, "PN", "林^医生")
                .text(Tag.TimezoneOffsetFromUTC, "SH", "+0800")
                .text(Tag.StudyDescription, "LO", description)
                .items(0x0008_1032, code("P" + modality, "99COUNTYHUB", description))
                .text(0x0008_1050, "PN", "")
                .text(0x0008_1060, "PN", "王^医师")
                .text(0x0008_1070, "PN", "李^技师")
                .text(Tag.StudyID, "SH", accession)
                .text(0x0032_1032, "PN", "陈^医生")
                .text(0x0032_1060, "LO", description);
    }

    private Attributes device() {
        return new Attributes()
                .text(Tag.Manufacturer, "LO", "COUNTYHUB")
                .text(Tag.InstitutionName, "LO", registration.hospital().name())
                .text(0x0008_0081, "ST", "福建省泉州市南安市")
                .text(Tag.StationName, "SH", modality + "01")
                .text(0x0008_1040, "LO", "放射科")
                .text(0x0008_1090, "LO", "Made up")
                .text(0x0018_1000, "LO", "000042")
                .text(0x0018_1020, "LO", "1.0")
                .text(0x0018_1200, "DA", "20250102")
                .text(0x0018_1201, "TM", "080000");
    }

    private Attributes step() {
        Attributes request = new Attributes()
                .text(Tag.AccessionNumber, "SH", accession)
                .text(0x0032_1060, "LO", description)
                .text(0x0040_0007, "LO", description)
                .text(0x0040_0009, "SH", "S" + accession)
                .text(0x0040_1001, "SH", "R" + accession)
                .items(0x0040_0008, code("P" + modality, "99COUNTYHUB", description));
        return new Attributes()
                .text(0x0040_0244, "DA", performed.format(DATE))
                .text(0x0040_0245, "TM", performed.format(TIME))
                .text(0x0040_0253, "SH", "S" + accession)
                .text(0x0040_0254, "LO", description)
                .items(0x0040_0275, request)
                .items(
                        0x0008_1111,
                        new Attributes()
                                .text(0x0008_1150, "UI", "1.2.840.10008.3.1.2.3.3")
                                .text(0x0008_1155, "UI", Uid.of(name + "/step")));
    }

    static Attributes code(String value, String scheme, String meaning) {
        return new Attributes()
                .text(0x0008_0100, "SH", value)
                .text(0x0008_0102, "SH", scheme)
                .text(0x0008_0104, "LO", meaning);
    }

    /** Devices keep settings of their own beside what the standard knows (PS3.5 section 7.8). */
    private static Attributes privateElements(int series, int instance) {
        byte[] settings = new byte[512];
        for (int i = 0; i < settings.length; i++) {
            settings[i] = (byte) (i * 31 + series + instance);
        }
        return new Attributes()
                .text(0x0029_0010, "LO", PRIVATE_CREATOR)
                .text(0x0029_1001, "LO", "重建参数")
                .bytes(0x0029_1010, "OB", settings)
                .number(0x0029_1011, "UL", series, instance)
                .items(
                        0x0029_1020,
                        new Attributes()
                                .text(0x0029_0010, "LO", PRIVATE_CREATOR)
                                .real(0x0029_1021, "FD", 0.5, 1.5));
    }
}

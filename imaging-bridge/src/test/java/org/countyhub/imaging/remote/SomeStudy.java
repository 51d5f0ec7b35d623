package org.countyhub.imaging.remote;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.study.Metadata;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.Study;

/** A study of a hospital, as the index would hand it out; each has UIDs and an accession number of its own. */
final class SomeStudy {
    static final String CT = "1.2.840.10008.5.1.4.1.1.2";
    static final String DOSE_REPORT = "1.2.840.10008.5.1.4.1.1.88.67";
    static final String PDF = "1.2.840.10008.5.1.4.1.1.104.1";
    private static final AtomicInteger NEXT = new AtomicInteger(1);

    final Source source;
    final PatientKey patient;
    final String uid;
    final String accession;
    private final int number = NEXT.getAndIncrement();
    private final Map<String, List<Stored>> instances = new LinkedHashMap<>();
    private final Map<String, String> modalities = new LinkedHashMap<>();
    private final Map<String, Metadata> metadata = new LinkedHashMap<>();
    private Dataset attributes;
    private int version = 1;
    private Study.Status status = Study.Status.AVAILABLE;

    SomeStudy(Source source, String patientId) {
        this.source = source;
        this.patient = new PatientKey(source.patientSystem(), patientId);
        this.uid = "1.2.156.7.9." + number;
        this.accession = "A" + number;
        this.attributes = Dataset.builder()
                .set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192")
                .set(Tag.PatientName, Vr.PN, "Zhang^San=张^三")
                .set(Tag.PatientID, Vr.LO, patientId)
                .set(Tag.PatientSex, Vr.CS, "F")
                .set(Tag.PatientBirthDate, Vr.DA, "19491231")
                .set(Tag.StudyInstanceUID, Vr.UI, uid)
                .set(Tag.AccessionNumber, Vr.SH, accession)
                .set(Tag.StudyDate, Vr.DA, "20260302")
                .set(Tag.StudyTime, Vr.TM, "083015.250000")
                .set(Tag.StudyDescription, Vr.LO, "胸部CT平扫")
                .set(Tag.ReferringPhysicianName, Vr.PN, "Li^Si=李^四")
                .build();
        add(CT, "CT", 2);
    }

    /** With another value of an attribute; an empty one removes it. */
    SomeStudy with(int tag, Vr vr, String value) {
        Dataset.Builder builder = attributes.toBuilder();
        attributes = value.isEmpty()
                ? builder.remove(tag).build()
                : builder.set(tag, vr, value).build();
        return this;
    }

    /** With one more series of so many instances. */
    SomeStudy add(String sopClass, String modality, int count) {
        String series = uid + "." + (instances.size() + 1);
        modalities.put(series, modality);
        instances.put(series, new ArrayList<>());
        for (int i = 1; i <= count; i++) {
            addTo(series, sopClass, series + "." + i);
        }
        return this;
    }

    /** With one more series of one document, which has these attributes. */
    SomeStudy addDocument(String sopClass, String modality, String json) {
        add(sopClass, modality, 1);
        metadata.put(sopInstance(instances.size(), 1), deflated(json));
        return this;
    }

    /** A late image, which makes a new version. */
    SomeStudy late() {
        String series = uid + ".1";
        addTo(
                series,
                CT,
                series + "." + (Objects.requireNonNull(instances.get(series)).size() + 1));
        version++;
        return this;
    }

    /** Somebody has decided about it, which makes a new version. */
    SomeStudy decided(Study.Status now) {
        status = now;
        version++;
        return this;
    }

    /** It is deleted: nothing of it is in the index but its row. */
    void deleted() {
        instances.clear();
        modalities.clear();
        decided(Study.Status.ENTERED_IN_ERROR);
    }

    String sopInstance(int series, int instance) {
        return uid + "." + series + "." + instance;
    }

    private void addTo(String series, String sopClass, String sopInstance) {
        byte[] frames = sopClass.equals(CT) ? new byte[] {1} : new byte[0];
        instances
                .computeIfAbsent(series, ignored -> new ArrayList<>())
                .add(new Stored(
                        uid,
                        series,
                        sopInstance,
                        sopClass,
                        TransferSyntax.EXPLICIT_LITTLE_ENDIAN,
                        patient,
                        "blob-" + sopInstance,
                        132,
                        1_000,
                        new byte[32],
                        frames));
    }

    List<Stored> instances() {
        return instances.values().stream().flatMap(List::stream).toList();
    }

    Map<String, Metadata> metadata() {
        return metadata;
    }

    Study study() {
        List<Study.Series> series = new ArrayList<>();
        instances.forEach((seriesUid, stored) -> series.add(new Study.Series(
                seriesUid,
                modalities.getOrDefault(seriesUid, ""),
                stored.size(),
                Dataset.builder()
                        .set(Tag.SeriesNumber, Vr.IS, Integer.toString(series.size() + 1))
                        .set(Tag.SeriesDescription, Vr.LO, "肺窗")
                        .set(Tag.BodyPartExamined, Vr.CS, "CHEST")
                        .build(),
                List.of(new Study.SopClassCount(stored.getFirst().sopClassUid(), stored.size())))));
        return new Study(
                uid,
                patient,
                source,
                status,
                version,
                Instant.parse("2026-03-02T00:31:00Z"),
                Instant.parse("2026-03-02T00:32:00Z").plusSeconds(version),
                instances().size(),
                1_000L * instances().size(),
                attributes,
                modalities.values().stream().distinct().sorted().toList(),
                series);
    }

    private static Metadata deflated(String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        Deflater deflater = new Deflater(6, true);
        deflater.setInput(bytes);
        byte[] buffer = new byte[bytes.length + 64];
        int length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return new Metadata(Arrays.copyOf(buffer, length), (int) crc.getValue(), bytes.length);
    }
}

package org.countyhub.imaging.study.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.DatasetWriter;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.study.Coercion;
import org.countyhub.imaging.study.PatientDirectory;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.QuarantineReason;
import org.countyhub.imaging.study.Sender;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.StoreOutcome;
import org.countyhub.imaging.study.Stored;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutgoingInstancesTest {
    private static final String STUDY = "1.2.3.100";
    private static final String INSTANCE = "1.2.3.102";
    private static final int ICON_IMAGE_SEQUENCE = 0x00880200;
    private static final int LARGE = 100_000;
    private static final PatientKey OWNER = new PatientKey(Bridge.HAIDU.patientSystem(), "P1");
    private static final PatientKey THERE = new PatientKey(Bridge.XIAMEI.patientSystem(), "X7");
    /** A hospital that has a word for the issuer of the first one's numbers. */
    private static final Source NEIGHBOUR = new Source(
            "xiamei",
            null,
            Bridge.XIAMEI.patientSystem(),
            Bridge.XIAMEI.accessionSystem(),
            Map.of("HDHIS", Bridge.HAIDU.patientSystem()),
            null);

    private final Bridge bridge = new Bridge();
    private final Map<PatientKey, Set<PatientKey>> persons = new HashMap<>();
    private final OutgoingInstances outgoing = new OutgoingInstances(
            bridge.studies,
            bridge.blobs,
            new PatientDirectory() {
                @Override
                public Set<PatientKey> patients(Source asking, @Nullable String issuer, String id) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Set<PatientKey> samePerson(PatientKey patient) {
                    return persons.getOrDefault(patient, Set.of(patient));
                }
            },
            Coercion.HUB,
            Clock.fixed(Instant.parse("2026-03-02T01:02:03Z"), ZoneOffset.UTC));

    @AfterEach
    void close() {
        bridge.close();
    }

    private static Dataset.Builder image() {
        return Dataset.builder()
                .set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192")
                .set(Tag.SOPClassUID, Vr.UI, "1.2.840.10008.5.1.4.1.1.7")
                .set(Tag.SOPInstanceUID, Vr.UI, INSTANCE)
                .set(Tag.StudyInstanceUID, Vr.UI, STUDY)
                .set(Tag.SeriesInstanceUID, Vr.UI, "1.2.3.101")
                .set(Tag.PatientID, Vr.LO, "P1")
                .set(Tag.PatientName, Vr.PN, "Zhang^San=张^三")
                .set(Tag.Modality, Vr.CS, "OT");
    }

    private Stored kept() {
        return bridge.studies.bySopInstanceUid(List.of(INSTANCE)).getFirst();
    }

    /** What goes to that hospital. */
    private byte[] sent(Source to) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Outgoing instance = outgoing.to(to).prepare(kept(), TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
        assertThat(instance.asKept()).isEqualTo(to.equals(Bridge.HAIDU) && !kept().patientCorrected());
        instance.data().writeTo(out);
        return out.toByteArray();
    }

    private static Dataset read(byte[] encoded) throws IOException {
        return DatasetReader.read(
                new ByteArrayInputStream(encoded), TransferSyntax.EXPLICIT_LITTLE_ENDIAN, DatasetReader.Limits.DEFAULT);
    }

    private StoreOutcome back(Source from, byte[] encoded) throws Exception {
        try {
            return bridge.ingest
                    .store(
                            new Sender(from, "TEST", "127.0.0.1"),
                            new Part10.FileMeta(
                                    TransferSyntax.EXPLICIT_LITTLE_ENDIAN, "1.2.840.10008.5.1.4.1.1.7", INSTANCE),
                            new ByteArrayInputStream(encoded))
                    .get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private void assertUntouched() {
        assertThat(bridge.studies.study(STUDY).orElseThrow().patient()).isEqualTo(OWNER);
        assertThat(bridge.studies.study(STUDY).orElseThrow().instances()).isEqualTo(1);
        assertThat(kept().patient()).isEqualTo(OWNER);
    }

    @Test
    void whatComesBackAsItWentOutIsKnownAsACopyHoweverItsPatientWasSaid() throws Exception {
        bridge.store(Bridge.HAIDU, image().build());
        List<Set<PatientKey>> known = List.of(
                Set.of(OWNER),
                Set.of(OWNER, THERE),
                Set.of(OWNER, THERE, new PatientKey(Bridge.XIAMEI.patientSystem(), "X8")));
        int entries = 0;
        for (Set<PatientKey> person : known) {
            persons.put(OWNER, person);
            for (Source there : List.of(Bridge.XIAMEI, NEIGHBOUR)) {
                byte[] copy = sent(there);
                assertThat(back(there, copy))
                        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(StoreOutcome.Held.class))
                        .satisfies(held -> assertThat(held.reason()).isEqualTo(QuarantineReason.RETURNED))
                        .satisfies(held -> assertThat(held.detail()).contains("the hub gave it out itself"));
                assertUntouched();
                entries++;
            }
        }
        assertThat(bridge.quarantine.count()).isEqualTo(entries);
        assertThat(back(Bridge.XIAMEI, sent(Bridge.XIAMEI)))
                .as("the same copy again is held once")
                .isInstanceOf(StoreOutcome.Held.class);
        assertThat(bridge.quarantine.count()).isEqualTo(entries);
    }

    @Test
    void aCopyFromWhichItsHistoryWasRemovedIsStillOfNoOtherPatient() throws Exception {
        bridge.store(Bridge.HAIDU, image().build());
        persons.put(OWNER, Set.of(OWNER, THERE));
        for (Source there : List.of(Bridge.XIAMEI, NEIGHBOUR)) {
            assertThat(back(there, withoutHistory(sent(there))))
                    .asString()
                    .contains(QuarantineReason.OTHER_PATIENT.name());
        }
        persons.clear();
        assertThat(back(Bridge.XIAMEI, withoutHistory(sent(Bridge.XIAMEI))))
                .asString()
                .contains(QuarantineReason.UNKNOWN_ISSUER.name());
        assertThat(back(NEIGHBOUR, withoutHistory(sent(NEIGHBOUR))))
                .asString()
                .contains(QuarantineReason.OTHER_BYTES.name());
        assertUntouched();
    }

    private static byte[] withoutHistory(byte[] encoded) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DatasetWriter.write(
                read(encoded).toBuilder().remove(Tag.OriginalAttributesSequence).build(),
                out,
                TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
        return out.toByteArray();
    }

    @Test
    void whatItsOwnHospitalGetsAndSendsAgainIsKnown() throws Exception {
        bridge.store(Bridge.HAIDU, image().build());
        assertThat(back(Bridge.HAIDU, sent(Bridge.HAIDU))).isInstanceOf(StoreOutcome.Known.class);
    }

    @Test
    void aPatientThatWasCorrectedIsSaidToItsOwnHospitalToo() throws Exception {
        bridge.store(Bridge.HAIDU, image().remove(Tag.PatientID).build());
        bridge.quarantine.accept(bridge.quarantine.open(0, 10).getFirst().id(), OWNER, "steward");
        byte[] corrected = sent(Bridge.HAIDU);
        assertThat(read(corrected).string(Tag.PatientID)).isEqualTo("P1");
        assertThat(back(Bridge.HAIDU, corrected)).asString().contains(QuarantineReason.RETURNED.name());
        persons.put(OWNER, Set.of(OWNER, THERE));
        assertThat(read(sent(Bridge.XIAMEI)).string(Tag.PatientID)).isEqualTo("X7");
    }

    @Test
    void whoBelongsToNoHospitalIsToldWhoseNumberItIsAndNoOther() throws Exception {
        bridge.store(Bridge.HAIDU, image().build());
        persons.put(OWNER, Set.of(OWNER, THERE));
        Dataset told = read(sent(Source.NONE));
        assertThat(told.string(Tag.PatientID)).isEqualTo("P1");
        assertThat(told.string(Tag.IssuerOfPatientID)).isEqualTo(Bridge.HAIDU.patientSystem());
        assertThat(told.items(Tag.OtherPatientIDsSequence)).isEmpty();
    }

    @Test
    void largeValuesGoWholeWithinItemsToo() throws IOException {
        byte[] icon = large(1);
        byte[] pixels = large(2);
        bridge.store(
                Bridge.HAIDU,
                image().set(
                                ICON_IMAGE_SEQUENCE,
                                List.of(
                                        Dataset.builder()
                                                .set(Tag.Rows, 250)
                                                .set(new Element.Bytes(Tag.PixelData, Vr.OB, icon))
                                                .build(),
                                        Dataset.builder().set(Tag.Rows, 1).build()))
                        .set(new Element.Bytes(Tag.PixelData, Vr.OW, pixels))
                        .build());
        byte[] sent = sent(Bridge.XIAMEI);
        Dataset read = read(sent);
        List<Dataset> items = read.items(ICON_IMAGE_SEQUENCE);
        assertThat(value(sent, items.getFirst())).isEqualTo(icon);
        assertThat(items.getLast().integer(Tag.Rows, 0)).isEqualTo(1);
        assertThat(value(sent, read)).isEqualTo(pixels);
        assertThat(read.string(Tag.PatientName)).isEqualTo("Zhang^San=张^三");
    }

    private static byte[] large(int seed) {
        byte[] bytes = new byte[LARGE];
        new java.util.Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] value(byte[] encoded, Dataset of) {
        return Optional.ofNullable(of.element(Tag.PixelData))
                .map(Element.Bulk.class::cast)
                .map(bulk -> java.util.Arrays.copyOfRange(
                        encoded, (int) bulk.position(), (int) (bulk.position() + bulk.length())))
                .orElseThrow();
    }
}

package org.countyhub.imaging.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetWriter;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Vr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    private static final String CT = "1.2.840.10008.5.1.4.1.1.2";
    private static final String ECG = "1.2.840.10008.5.1.4.1.1.9.1.1";
    private static final String PDF = "1.2.840.10008.5.1.4.1.1.104.1";
    private static final PatientKey PATIENT = new PatientKey("urn:oid:1.2.1", "P1");
    private static final Manifest MANIFEST =
            new Manifest("COUNTYHUB", "http://127.0.0.1:8081/dicomweb", ZoneId.of("Asia/Shanghai"));

    private static Study study(int version) {
        Dataset attributes = Dataset.builder()
                .set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192")
                .set(Tag.StudyDate, Vr.DA, "20260302")
                .set(Tag.StudyTime, Vr.TM, "083015")
                .set(Tag.AccessionNumber, Vr.SH, "A1")
                .set(Tag.StudyDescription, Vr.LO, "胸部CT平扫")
                .set(Tag.PatientName, Vr.PN, "Zhang^San=张^三")
                .set(Tag.PatientID, Vr.LO, "P1")
                .set(Tag.PatientBirthDate, Vr.DA, "19491231")
                .set(Tag.PatientSex, Vr.CS, "F")
                .build();
        Source source = new Source("east", null, "urn:oid:1.2.1", "urn:oid:1.2.9", Map.of(), null);
        Instant received = Instant.parse("2026-03-02T17:00:00Z");
        return new Study(
                "1.2.156.1",
                PATIENT,
                source,
                Study.Status.AVAILABLE,
                version,
                received,
                received,
                4,
                4,
                attributes,
                List.of("CT", "ECG"),
                List.of());
    }

    private static Stored stored(int series, int instance, String sopClass, boolean frames) {
        return new Stored(
                "1.2.156.1",
                "1.2.156.1." + series,
                "1.2.156.1." + series + "." + instance,
                sopClass,
                TransferSyntax.EXPLICIT_LITTLE_ENDIAN,
                PATIENT,
                "blob",
                132,
                1,
                new byte[32],
                frames ? new byte[] {1} : new byte[0]);
    }

    private static List<Stored> instances() {
        return List.of(
                stored(1, 1, CT, true), stored(1, 2, CT, true), stored(2, 1, ECG, false), stored(3, 1, PDF, false));
    }

    @Test
    void everyInstanceIsNamedOnceInTheEvidenceAndOnceInTheContent() {
        Dataset manifest = MANIFEST.of(study(1), instances());
        List<String> evident = new ArrayList<>();
        Dataset evidence =
                manifest.items(Tag.CurrentRequestedProcedureEvidenceSequence).getFirst();
        for (Dataset series : evidence.items(Tag.ReferencedSeriesSequence)) {
            assertThat(series.string(Tag.RetrieveURL))
                    .isEqualTo("http://127.0.0.1:8081/dicomweb/studies/1.2.156.1/series/"
                            + series.string(Tag.SeriesInstanceUID));
            series.items(Tag.ReferencedSOPSequence)
                    .forEach(reference -> evident.add(reference.string(Tag.ReferencedSOPInstanceUID, "")));
        }
        assertThat(evident).containsExactly("1.2.156.1.1.1", "1.2.156.1.1.2", "1.2.156.1.2.1", "1.2.156.1.3.1");
        assertThat(manifest.items(Tag.ContentSequence))
                .extracting(item -> item.string(Tag.ValueType))
                .containsExactly("IMAGE", "IMAGE", "WAVEFORM", "COMPOSITE");
    }

    @Test
    void aVersionHasOneManifestAndAllShareASeries() {
        Dataset first = MANIFEST.of(study(1), instances());
        Dataset again = MANIFEST.of(study(1), instances());
        Dataset second = MANIFEST.of(study(2), instances());
        assertThat(first.string(Tag.SOPInstanceUID))
                .isEqualTo(again.string(Tag.SOPInstanceUID))
                .isEqualTo(Manifest.sopInstanceUid("1.2.156.1", 1))
                .isNotEqualTo(second.string(Tag.SOPInstanceUID))
                .matches("2\\.25\\.[1-9][0-9]{30,38}");
        assertThat(first.string(Tag.SeriesInstanceUID)).isEqualTo(second.string(Tag.SeriesInstanceUID));
        assertThat(encoded(first)).isEqualTo(encoded(again));
    }

    @Test
    void aStudyWithoutInstancesHasNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> MANIFEST.of(study(1), List.of()));
    }

    @Test
    @Timeout(30)
    void anotherToolkitReadsItAsAKeyObjectSelection(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("manifest.dcm");
        Files.write(file, encoded(MANIFEST.of(study(1), instances())));
        String dump = run(directory, "dsrdump", "+U8", "--print-all-codes", "--print-instance-uid", file.toString());
        assertThat(dump.lines().filter(line -> line.startsWith("E:") || line.startsWith("W:")))
                .allMatch(line -> line.contains("VR checker does not support") || line.contains("not yet supported"));
        assertThat(dump)
                .contains("Key Object Selection Document", "张^三", "<CONTAINER:(113030,DCM,\"Manifest\")=SEPARATE>")
                .contains("<contains IMAGE:=(CT image,\"1.2.156.1.1.2\")>")
                .contains("<contains WAVEFORM:=(TwelveLeadECGWaveformStorage,\"1.2.156.1.2.1\")>")
                .contains("<contains COMPOSITE:=(EncapsulatedPDFStorage,\"1.2.156.1.3.1\")>");
        assertThat(run(directory, "dcmdump", "+U8", file.toString()))
                .contains("胸部CT平扫", "[DCMR]", "[2010]", "[COUNTYHUB]")
                .doesNotContain("E: ", "W: ");
    }

    private static String run(Path directory, String... command) throws IOException, InterruptedException {
        Path printed = directory.resolve("printed.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(printed);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    /** The file form. */
    private static byte[] encoded(Dataset dataset) {
        Part10.FileMeta meta = new Part10.FileMeta(
                TransferSyntax.EXPLICIT_LITTLE_ENDIAN, Manifest.SOP_CLASS, dataset.string(Tag.SOPInstanceUID, ""));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(Part10.header(meta, "COUNTYHUB"));
        try {
            DatasetWriter.write(dataset, file, meta.transferSyntax());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }
}

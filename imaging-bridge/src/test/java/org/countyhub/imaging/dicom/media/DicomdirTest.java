package org.countyhub.imaging.dicom.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.countyhub.imaging.Dcmtk;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.DatasetWriter;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.film.SomeImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DicomdirTest {
    private static final int FIRST = 0x00041200;
    private static final int LAST = 0x00041202;
    private static final int NEXT = 0x00041400;
    private static final int LOWER = 0x00041420;
    private static final int TYPE = 0x00041430;
    private static final int FILE = 0x00041500;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static Part10.FileMeta meta(Dataset header) {
        return new Part10.FileMeta(
                TransferSyntax.EXPLICIT_LITTLE_ENDIAN,
                header.string(Tag.SOPClassUID, ""),
                header.string(Tag.SOPInstanceUID, ""));
    }

    private static void add(Dicomdir dicomdir, Dataset header, String... file) throws IOException {
        dicomdir.add(meta(header), header, file);
    }

    private static byte[] bytes(Dicomdir dicomdir) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        dicomdir.writeTo(out, "2.25.1");
        return out.toByteArray();
    }

    /** Reads records as import stations do: from offset to offset, counted from the beginning of the file. */
    private static void walk(byte[] file, long offset, String above, List<String> to) throws IOException {
        while (offset != 0) {
            ByteBuffer item = ByteBuffer.wrap(file, (int) offset, 8).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(item.getInt()).isEqualTo(0xE000FFFE);
            int length = item.getInt();
            Dataset record = DatasetReader.read(
                    new ByteArrayInputStream(file, (int) offset + 8, length),
                    TransferSyntax.EXPLICIT_LITTLE_ENDIAN,
                    DatasetReader.Limits.DEFAULT);
            String name = above + record.string(TYPE) + " " + String.join("/", record.strings(FILE));
            to.add(name.strip());
            walk(file, record.integer(LOWER, -1), above + "  ", to);
            offset = record.integer(NEXT, -1);
        }
    }

    private static Dataset root(byte[] file) throws IOException {
        InputStream in = new ByteArrayInputStream(file);
        Part10.FileMeta meta = Part10.read(in);
        assertThat(meta.sopClassUid()).isEqualTo("1.2.840.10008.1.3.10");
        return DatasetReader.read(in, meta.transferSyntax(), DatasetReader.Limits.DEFAULT);
    }

    @Test
    void recordsAreFoundByTheirOffsets() throws IOException {
        Dicomdir dicomdir = new Dicomdir();
        for (int series = 1; series <= 2; series++) {
            for (int number = 1; number <= 2; number++) {
                add(
                        dicomdir,
                        SomeImages.slice("1.2.3", series, number, "ORIGINAL", "PRIMARY")
                                .build(),
                        "DICOM",
                        "S000" + series,
                        "I000" + number);
            }
        }
        add(
                dicomdir,
                SomeImages.slice("1.2.4", 1, 1).set(Tag.PatientID, Vr.LO, "P2").build(),
                "DICOM",
                "S0003",
                "I0001");
        byte[] file = bytes(dicomdir);
        Dataset root = root(file);
        List<String> records = new ArrayList<>();

        walk(file, root.integer(FIRST, 0), "", records);

        assertThat(records)
                .containsExactly(
                        "PATIENT",
                        "STUDY",
                        "SERIES",
                        "IMAGE DICOM/S0001/I0001",
                        "IMAGE DICOM/S0001/I0002",
                        "SERIES",
                        "IMAGE DICOM/S0002/I0001",
                        "IMAGE DICOM/S0002/I0002",
                        "PATIENT",
                        "STUDY",
                        "SERIES",
                        "IMAGE DICOM/S0003/I0001");
        List<String> last = new ArrayList<>();
        walk(file, root.integer(LAST, 0), "", last);
        assertThat(last).hasSize(4);
        assertThat(root.items(0x00041220)).hasSize(12);
    }

    @Test
    void everyKindOfInstanceHasItsKindOfRecord() {
        assertThat(List.of("88.11", "88.59", "11.1", "9.1.1", "104.1", "481.1", "481.2", "481.3", "481.5", "66", "66.4")
                        .stream()
                        .map(end -> RecordType.of("1.2.840.10008.5.1.4.1.1." + end, true)
                                .term()))
                .containsExactly(
                        "SR DOCUMENT",
                        "KEY OBJECT DOC",
                        "PRESENTATION",
                        "WAVEFORM",
                        "ENCAP DOC",
                        "IMAGE",
                        "RT DOSE",
                        "RT STRUCTURE SET",
                        "RT PLAN",
                        "RAW DATA",
                        "IMAGE");
        assertThat(RecordType.of("1.3.12.2.1107.5.9.1", false)).isEqualTo(RecordType.PRIVATE);
    }

    @Test
    void numbersByWhichDirectoriesAreSortedAreNeverMissing() throws IOException {
        Dicomdir dicomdir = new Dicomdir();
        add(
                dicomdir,
                SomeImages.slice("1.2.3", 7, 9)
                        .remove(Tag.StudyID)
                        .remove(Tag.SeriesNumber)
                        .remove(Tag.InstanceNumber)
                        .remove(Tag.PatientName)
                        .build(),
                "DICOM",
                "S0001",
                "I0001");
        List<Dataset> records = root(bytes(dicomdir)).items(0x00041220);

        assertThat(records.get(0).contains(Tag.PatientName)).isTrue();
        assertThat(records.get(0).string(Tag.PatientName)).isNull();
        assertThat(records.get(1).string(Tag.StudyID)).isEqualTo("1");
        assertThat(records.get(2).string(Tag.SeriesNumber)).isEqualTo("1");
        assertThat(records.get(3).string(Tag.InstanceNumber)).isEqualTo("1");
    }

    /** DCMTK reads the directory, checks it against the files, and adds a file of the same series to it. */
    @Test
    void anotherToolkitGoesOnWithIt() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("DICOM").resolve("S0001"));
        Dicomdir dicomdir = new Dicomdir();
        byte[] sample = Files.readAllBytes(Samples.file("CT1_UNC.dcm"));
        InputStream in = new ByteArrayInputStream(sample);
        Part10.FileMeta meta = Part10.read(in);
        byte[] dataset = in.readAllBytes();
        Dataset header = DatasetReader.read(
                new ByteArrayInputStream(dataset), meta.transferSyntax(), DatasetReader.Limits.DEFAULT);
        Files.write(folder.resolve("I0001"), sample);
        dicomdir.add(meta, header, "DICOM", "S0001", "I0001");
        Files.write(directory.resolve("DICOMDIR"), bytes(dicomdir));
        Dataset second = header.toBuilder()
                .set(Tag.SOPInstanceUID, Vr.UI, "1.2.3.4.5")
                .set(Tag.InstanceNumber, Vr.IS, "77")
                .build();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(Part10.header(
                new Part10.FileMeta(TransferSyntax.EXPLICIT_LITTLE_ENDIAN, meta.sopClassUid(), "1.2.3.4.5"), "TEST"));
        DatasetWriter.write(
                second,
                file,
                TransferSyntax.EXPLICIT_LITTLE_ENDIAN,
                (vr, position, length, into) ->
                        into.write(Arrays.copyOfRange(dataset, (int) position, (int) (position + length))));
        Files.write(folder.resolve("I0002"), file.toByteArray());

        Path grown = Dcmtk.run(
                "dcmmkdir",
                List.of("--append", "--input-directory", directory.toString(), "--output-file"),
                directory.resolve("DICOMDIR"),
                Path.of("DICOM", "S0001", "I0002"));

        assertThat(grown).isNotNull();
        byte[] after = Files.readAllBytes(directory.resolve("DICOMDIR"));
        List<String> records = new ArrayList<>();
        walk(after, root(after).integer(FIRST, 0), "", records);
        assertThat(records)
                .containsExactly("PATIENT", "STUDY", "SERIES", "IMAGE DICOM/S0001/I0001", "IMAGE DICOM/S0001/I0002");
    }
}

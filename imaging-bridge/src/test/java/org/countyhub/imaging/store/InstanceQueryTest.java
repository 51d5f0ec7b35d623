package org.countyhub.imaging.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DicomJson;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.study.Attributes;
import org.countyhub.imaging.study.StoreOutcome;
import org.countyhub.imaging.study.query.Fields;
import org.countyhub.imaging.study.query.Level;
import org.countyhub.imaging.study.query.Query;
import org.countyhub.imaging.study.query.QueryResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where the attributes of an instance come from that a search tells. */
class InstanceQueryTest {
    private static final Query ALL = new Query(Level.IMAGE, List.of(), 10, 0);
    private static final Set<Integer> KEPT = kept();

    private final Bridge bridge = new Bridge();

    @AfterEach
    void stop() {
        bridge.close();
    }

    private static Set<Integer> kept() {
        Set<Integer> tags = new HashSet<>(Attributes.STUDY);
        tags.addAll(Attributes.SERIES);
        tags.addAll(Attributes.INSTANCE);
        return tags;
    }

    private static Dataset.Builder image(int number) {
        return Dataset.builder()
                .set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192")
                .set(Tag.SOPClassUID, Vr.UI, "1.2.840.10008.5.1.4.1.1.7")
                .set(Tag.SOPInstanceUID, Vr.UI, "1.2.3.1.1." + number)
                .set(Tag.StudyInstanceUID, Vr.UI, "1.2.3.1")
                .set(Tag.SeriesInstanceUID, Vr.UI, "1.2.3.1.1")
                .set(Tag.PatientID, Vr.LO, "P1")
                .set(Tag.PatientName, Vr.PN, "Zhang^San=张^三")
                .set(Tag.StudyDescription, Vr.LO, "胸部")
                .set(Tag.Modality, Vr.CS, "CT")
                .set(Tag.InstanceNumber, Vr.IS, Integer.toString(number))
                .set(Tag.SliceThickness, Vr.DS, number + ".5")
                .set(Tag.NumberOfFrames, Vr.IS, "1")
                .set(Tag.Rows, 512)
                .set(Tag.Columns, 256 + number)
                .set(Tag.BitsAllocated, 16)
                .set(Tag.WindowCenter, Vr.DS, "40");
    }

    private List<QueryResult> find(boolean all, Set<Integer> tags) {
        return bridge.queries.find(ALL, new Fields(all, tags));
    }

    private static String json(Dataset dataset) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DicomJson.write(dataset, out, (element, path) -> "");
        return out.toString(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void whatIsKeptTellsTheSameAsTheMetadata() throws IOException {
        bridge.store(Bridge.HAIDU, image(1).build());
        bridge.store(Bridge.HAIDU, image(2).build());

        List<QueryResult> kept = find(false, KEPT);
        List<QueryResult> whole = find(true, Set.of());
        assertThat(kept).hasSize(2);
        for (int i = 0; i < kept.size(); i++) {
            Dataset of = kept.get(i).attributes();
            assertThat(json(of.only(KEPT)))
                    .isEqualTo(json(whole.get(i).attributes().only(KEPT)));
            assertThat(of.string(Tag.SliceThickness)).isEqualTo((i + 1) + ".5");
            assertThat(of.integer(Tag.Columns, 0)).isEqualTo(257 + i);
            assertThat(of.string(Tag.SOPInstanceUID)).isEqualTo("1.2.3.1.1." + (i + 1));
            assertThat(of.contains(Tag.WindowCenter)).isFalse();
            assertThat(whole.get(i).attributes().string(Tag.WindowCenter)).isEqualTo("40");
        }
    }

    @Test
    void whatIsNotKeptComesFromTheMetadata() {
        bridge.store(Bridge.HAIDU, image(1).build());
        Dataset found =
                find(false, Set.of(Tag.WindowCenter, Tag.Rows)).getFirst().attributes();
        assertThat(found.string(Tag.WindowCenter)).isEqualTo("40");
        assertThat(found.integer(Tag.Rows, 0)).isEqualTo(512);
    }

    @Test
    void anInstanceFromBeforeIsToldFromItsMetadata() throws IOException {
        bridge.store(Bridge.HAIDU, image(1).build());
        String kept = json(find(false, KEPT).getFirst().attributes().only(KEPT));
        bridge.db.query(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("update instance set attributes = null")) {
                return statement.executeUpdate();
            }
        });
        assertThat(json(find(false, KEPT).getFirst().attributes().only(KEPT))).isEqualTo(kept);
    }

    @Test
    void theStudySaysWhatIsOfTheStudy() {
        bridge.store(Bridge.HAIDU, image(1).build());
        bridge.store(
                Bridge.HAIDU,
                image(2).set(Tag.StudyDescription, Vr.LO, "otherwise").build());
        for (boolean all : new boolean[] {false, true}) {
            assertThat(find(all, KEPT))
                    .extracting(result -> result.attributes().string(Tag.StudyDescription))
                    .as("all: " + all)
                    .containsExactly("胸部", "胸部");
        }
    }

    @Test
    void aValueThatIsLargerThanAnyReadsAsMissing() {
        byte[] large = new byte[20 * 1024];
        java.util.Arrays.fill(large, (byte) 'x');
        StoreOutcome outcome = bridge.store(
                Bridge.HAIDU,
                image(1).set(new Element.Bytes(Tag.StudyDescription, Vr.LO, large))
                        .set(new Element.Bytes(Tag.SliceThickness, Vr.DS, large))
                        .set(
                                Tag.RequestAttributesSequence,
                                List.of(Dataset.builder()
                                        .set(new Element.Bytes(Tag.StudyID, Vr.SH, large))
                                        .build()))
                        .build());
        assertThat(outcome).isInstanceOf(StoreOutcome.Added.class);
        Dataset found = find(false, KEPT).getFirst().attributes();
        assertThat(found.contains(Tag.StudyDescription)).isFalse();
        assertThat(found.contains(Tag.SliceThickness)).isFalse();
        assertThat(found.integer(Tag.Rows, 0)).isEqualTo(512);
    }
}

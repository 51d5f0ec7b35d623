package org.countyhub.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.countyhub.bench.county.County;
import org.countyhub.bench.county.Reports;
import org.countyhub.bench.dicom.Instance;
import org.countyhub.bench.dicom.Uid;
import org.junit.jupiter.api.Test;

class DemoStudiesTest {
    private static final County COUNTY = County.of(1, 500);
    private static final List<DemoStudy> STUDIES = DemoStudies.of(COUNTY);

    private static DemoStudy study(String sopClass) {
        return STUDIES.stream()
                .filter(study -> study.instances().getFirst().sopClassUid().equals(sopClass))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void thereIsOneOfEachKind() {
        assertThat(STUDIES)
                .extracting(study -> study.instances().getFirst().sopClassUid())
                .containsExactly(Uid.CT_IMAGE, Uid.DX_FOR_PRESENTATION, Uid.US_MULTI_FRAME, Uid.ECG_12_LEAD);
        assertThat(STUDIES).anyMatch(DemoStudy::posted).anyMatch(study -> !study.posted());
    }

    @Test
    void imagesAreThoseOfAReportAndOfItsPatient() {
        DemoStudy head = study(Uid.CT_IMAGE);
        JsonNode bundle = IntStream.range(0, 2_000)
                .mapToObj(i -> (JsonNode) Reports.of(COUNTY.order(i)))
                .filter(report -> report.toString().contains("urn:oid:" + head.studyUid()))
                .findFirst()
                .orElseThrow();

        assertThat(bundle.toString())
                .contains(
                        "\"" + head.patientId() + "\"",
                        "Organization/" + head.hospital().id());
    }

    @Test
    void everyInstanceSaysWhoseItIs() {
        Charset gb = Charset.forName("GB18030");
        for (DemoStudy study : STUDIES) {
            for (Instance instance : study.instances()) {
                String header = new String(
                        instance.header(),
                        study.studyUid().equals(study(Uid.CT_IMAGE).studyUid()) ? gb : StandardCharsets.UTF_8);
                assertThat(header)
                        .contains(study.patientId())
                        .contains(study.hospital().name());
            }
        }
    }

    @Test
    void sendingThemAgainSendsTheSame() {
        List<DemoStudy> again = DemoStudies.of(County.of(1, 500));

        for (int i = 0; i < STUDIES.size(); i++) {
            assertThat(again.get(i).instances().getFirst().file())
                    .isEqualTo(STUDIES.get(i).instances().getFirst().file());
        }
    }

    @Test
    void theHeadHasSkullBrainAndVentricles() {
        assertThat(HeadPhantom.units(0.95, 0.95, 0)).isEqualTo(-1_000);
        assertThat(HeadPhantom.units(0, 0.9, 0)).isEqualTo(900);
        assertThat(HeadPhantom.units(0, -0.4, 0)).isEqualTo(35);
        assertThat(HeadPhantom.units(-0.22, 0, 0)).isEqualTo(7);
    }

    @Test
    void theChestHasDarkLungsAndBrightBones() {
        byte[] picture = ChestPhantom.picture();

        int lung = pixel(picture, 300, 480);
        assertThat(lung).isLessThan(pixel(picture, 512, 480)).isGreaterThan(pixel(picture, 5, 5));
    }

    private static int pixel(byte[] picture, int column, int row) {
        int at = 2 * (row * ChestPhantom.SIZE + column);
        return (picture[at] & 0xFF) | (picture[at + 1] & 0xFF) << 8;
    }

    @Test
    void theExampleOfPeersNamesTheHospitalsOfTheDemo() throws IOException {
        JsonNode example = new ObjectMapper()
                .readTree(Path.of("..", "docs", "examples", "demo-peers.json").toFile());

        assertThat(example).isEqualTo(DemoPeers.of(COUNTY.hospitals()));
    }
}

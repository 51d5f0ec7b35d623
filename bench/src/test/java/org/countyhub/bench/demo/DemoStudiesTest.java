package org.countyhub.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.countyhub.bench.county.County;
import org.countyhub.bench.county.Reports;
import org.countyhub.bench.dicom.Instance;
import org.countyhub.bench.dicom.Uid;
import org.countyhub.bench.phantom.ChestPhantom;
import org.countyhub.bench.phantom.HeadPhantom;
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
    void everyStudyHasTheNumberOfExactlyOneOrderOfItsPatient() {
        for (DemoStudy study : STUDIES) {
            String number = accessionNumber(study.instances().getFirst());
            String system = stream(DemoPeers.of(COUNTY.hospitals()).path("sources"))
                    .filter(source ->
                            source.path("id").asText().equals(study.hospital().id()))
                    .map(source -> source.path("accessionSystem").asText())
                    .findFirst()
                    .orElseThrow();
            List<ObjectNode> bundles = IntStream.range(0, 2_000)
                    .mapToObj(i -> Reports.of(COUNTY.order(i)))
                    .filter(bundle -> orders(bundle, system, number))
                    .toList();

            assertThat(number).hasSizeBetween(1, 16);
            assertThat(bundles).hasSize(1);
            assertThat(bundles.getFirst().toString()).contains("\"" + study.patientId() + "\"");
        }
    }

    /** Whether there is a ServiceRequest with that number. */
    private static boolean orders(ObjectNode bundle, String system, String number) {
        return stream(bundle.path("entry"))
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals("ServiceRequest"))
                .flatMap(request -> stream(request.path("identifier")))
                .anyMatch(identifier -> identifier.path("system").asText().equals(system)
                        && identifier.path("value").asText().equals(number));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** Read from the header, which is in explicit little endian. */
    private static String accessionNumber(Instance instance) {
        String header = new String(instance.header(), StandardCharsets.ISO_8859_1);
        int at = header.indexOf("\b\0P\0SH");
        int from = at + 8;
        return header.substring(from, from + header.charAt(at + 6)).strip();
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

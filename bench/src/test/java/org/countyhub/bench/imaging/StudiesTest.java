package org.countyhub.bench.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import org.countyhub.bench.dicom.Attributes;
import org.countyhub.bench.dicom.Instance;
import org.countyhub.bench.dicom.PixelData;
import org.countyhub.bench.dicom.Uid;
import org.junit.jupiter.api.Test;

class StudiesTest {
    private static List<Instance> all(Studies studies) {
        return studies.studies().stream().flatMap(Studies.Study::stream).toList();
    }

    private static PixelData pixels(Instance instance) {
        return instance.pixels().orElseThrow();
    }

    @Test
    void theSameNameGivesTheSameStudies() {
        List<Instance> once = all(Studies.ct("a", 2, 3));
        List<Instance> again = all(Studies.ct("a", 2, 3));

        for (int i = 0; i < once.size(); i++) {
            assertThat(again.get(i).file()).isEqualTo(once.get(i).file());
        }
    }

    @Test
    void noTwoInstancesAreTheSame() {
        Set<String> uids = new HashSet<>();
        Set<String> digests = new HashSet<>();
        List<Instance> instances = Stream.of(
                        all(Studies.ct("a", 2, 20)), all(Studies.ct("b", 2, 20)), all(Studies.mr("a", 2, 20)))
                .flatMap(List::stream)
                .toList();
        for (Instance instance : instances) {
            uids.add(instance.sopInstanceUid());
            digests.add(HexFormat.of().formatHex(pixels(instance).digest()));
        }

        assertThat(uids).hasSameSizeAs(instances);
        assertThat(digests).hasSameSizeAs(instances);
    }

    @Test
    void eachStudyIsOfOnePatientAndOneSeries() {
        List<Studies.Study> studies = Studies.mr("a", 2, 5).studies();

        assertThat(studies).hasSize(2).allSatisfy(study -> assertThat(
                        study.stream().map(Instance::seriesUid).distinct())
                .hasSize(1));
        assertThat(studies.get(0).instance().apply(0).studyUid())
                .isNotEqualTo(studies.get(1).instance().apply(0).studyUid());
    }

    @Test
    void headersHaveAsManyElementsAsThoseOfDevices() {
        StudyHeader header = header();
        Attributes attributes = header.instance(1, 1);

        // Before those of the image, of which a CT slice has 35.
        assertThat(attributes.count()).isGreaterThan(75);
        assertThat(all(Studies.ct("a", 1, 1)).getFirst().header().length).isBetween(2_500, 8_000);
    }

    private static StudyHeader header() {
        var person = org.countyhub.bench.county.County.of(1, 1).persons().getFirst();
        return new StudyHeader(
                "x",
                Uid.of("x"),
                person,
                person.registrations().getFirst(),
                "A1",
                java.time.LocalDateTime.of(2025, 1, 2, 3, 4),
                "CT",
                "CHEST",
                "胸部");
    }

    @Test
    void someNamesAreInGb18030AndSomeInUtf8() {
        List<String> headers = all(Studies.ct("a", 12, 1)).stream()
                .map(instance -> new String(instance.header(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .toList();

        assertThat(headers).anyMatch(header -> header.contains("GB18030"));
        assertThat(headers).anyMatch(header -> header.contains("ISO_IR 192"));
    }

    @Test
    void pixelsCompressButNotToNothing() {
        byte[] slice = pixels(all(Studies.ct("a", 1, 1)).getFirst()).frame(0);
        Deflater deflater = new Deflater();
        deflater.setInput(slice);
        deflater.finish();
        int length = deflater.deflate(new byte[2 * slice.length]);
        deflater.end();

        assertThat(slice).hasSize(2 * 512 * 512);
        assertThat(length).isBetween(slice.length * 3 / 10, slice.length * 9 / 10);
    }

    @Test
    void pixelsStayWithinTheirBits() {
        byte[] slice = pixels(all(Studies.mr("a", 1, 1)).getFirst()).frame(0);

        for (int i = 1; i < slice.length; i += 2) {
            assertThat(slice[i]).isBetween((byte) 0, (byte) 7);
        }
    }

    @Test
    void aLoopIsMadeOfJpegsThatMove() throws IOException {
        Instance loop = all(Studies.us("a", 1, 3)).getFirst();

        assertThat(loop.transferSyntax()).isEqualTo(Uid.JPEG_BASELINE);
        assertThat(pixels(loop).frames()).isEqualTo(3);
        var image = ImageIO.read(new ByteArrayInputStream(pixels(loop).frame(1)));
        assertThat(image.getWidth()).isEqualTo(640);
        assertThat(image.getRaster().getNumBands()).isOne();
        // Outside of the sector it is dark, in it tissue echoes.
        assertThat(image.getRaster().getSample(5, 5, 0)).isLessThan(30);
        int[] tissue = image.getRaster().getSamples(310, 90, 20, 20, 0, new int[400]);
        assertThat(java.util.Arrays.stream(tissue).average().orElse(0)).isBetween(40.0, 120.0);
        assertThat(pixels(loop).frame(0)).isNotEqualTo(pixels(loop).frame(2));
    }

    @Test
    void aLargeImageIsMadeFrameByFrame() {
        PixelData pixels = pixels(Studies.large("a", 8_000));

        assertThat((long) pixels.frames() * pixels.frame(0).length).isEqualTo(4_194_304_000L);
        assertThat(pixels.frame(7_999)).isEqualTo(pixels.frame(7_999)).isNotEqualTo(pixels.frame(7_998));
    }
}

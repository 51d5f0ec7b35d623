package org.countyhub.imaging.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.countyhub.imaging.Dcmtk;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.codec.PixelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures are those that DCMTK makes of the same file, within one level of grey. */
class RenderingTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static Picture render(Path file, View view) throws IOException {
        PixelFile pixels = PixelFile.read(file);
        // DCMTK shows padding like any other value.
        Dataset dataset =
                pixels.dataset().toBuilder().remove(Tag.PixelPaddingValue).build();
        return Rendering.render(pixels.frame(0), dataset, 0, view);
    }

    private Picture dcmtk(String options, Path file) {
        return Pnm.read(Dcmtk.run(("dcmj2pnm " + options).strip(), file, directory.resolve("expected.pnm")));
    }

    @ParameterizedTest
    @CsvSource({
        "CT1_UNC, 40, 400",
        "CT1_UNC, -600, 1500",
        "CT1_UNC, 300.5, 2",
        "CT1_UNC, 40, 1",
        "CT2_UNC, 35, 80",
        "MR1_UNC, 600, 1600",
        "MR3_UNC, 500, 1200",
        "XA1_UNC, 512, 1024",
        "NM1_UNC, 50, 100",
        "MR_small_bigendian, 600, 1600"
    })
    void aWindowIsApplied(String sample, double center, double width) throws IOException {
        Path file = Samples.file(sample + ".dcm");
        Picture picture = render(file, View.DEFAULT.with(new Window(center, width, Window.Function.LINEAR)));
        assertThat(Pnm.difference(picture, dcmtk("+Ww %s %s".formatted(center, width), file)))
                .isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CT1_UNC", "MR1_UNC", "XA1_UNC"})
    void theSigmoidFunctionIsApplied(String sample) throws IOException {
        Path file = Samples.file(sample + ".dcm");
        Picture picture = render(file, View.DEFAULT.with(new Window(100, 700, Window.Function.SIGMOID)));
        assertThat(Pnm.difference(picture, dcmtk("+Ww 100 700 +Wfs", file))).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CT2_UNC", "MR1_UNC", "MR1_JPLL", "MR3_UNC", "series/ct-3slice-01"})
    void theFirstWindowOfTheDataSetIsTheOneThatIsSeen(String sample) throws IOException {
        Path file = Samples.file(sample + ".dcm");
        assertThat(Pnm.difference(render(file, View.DEFAULT), dcmtk("+Wi 1", file)))
                .isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NM1_UNC", "XA1_UNC"})
    void withoutAWindowAllValuesAreSeen(String sample) throws IOException {
        Path file = Samples.file(sample + ".dcm");
        assertThat(Pnm.difference(render(file, View.DEFAULT), dcmtk("+Wm", file)))
                .isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"US1_UNC", "US1_RLE", "VL1_UNC"})
    void coloursAreAsTheyAre(String sample) throws IOException {
        Path file = Samples.file(sample + ".dcm");
        assertThat(Pnm.difference(render(file, View.DEFAULT), dcmtk("", file))).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dcmcjpeg +eb", "dcmcjpeg +eb +q 50 +s2", "dcmcjpeg +e1"})
    void compressedColoursAreThoseOfDcmtk(String tool) throws IOException {
        for (String sample : new String[] {"US1_UNC", "VL1_UNC"}) {
            Path file = Dcmtk.run(tool, Samples.file(sample + ".dcm"), directory.resolve("form.dcm"));
            assertThat(Pnm.difference(render(file, View.DEFAULT), dcmtk("", file)))
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void coloursOfLuminanceAndChrominanceAreConverted() throws IOException {
        Path jpeg = Dcmtk.run("dcmcjpeg +eb +s4", Samples.file("VL1_UNC.dcm"), directory.resolve("jpeg.dcm"));
        Path ybr = Dcmtk.run("dcmdjpeg +cn", jpeg, directory.resolve("ybr.dcm"));
        assertThat(PixelFile.read(ybr).frame(0).photometric().name()).isEqualTo("YBR_FULL");
        // What the Independent JPEG Group's converter makes of it: DCMTK's own table for YBR_FULL is two levels off.
        Path rgb = Dcmtk.run("dcmdjpeg", jpeg, directory.resolve("rgb.dcm"));
        assertThat(Pnm.difference(render(ybr, View.DEFAULT), render(rgb, View.DEFAULT)))
                .isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dcmquant +pw", "dcmquant +pe", "dcmquant +pw +pc 200"})
    void palettesAreLookedUp(String tool) throws IOException {
        Path file = Dcmtk.run(tool, Samples.file("US1_UNC.dcm"), directory.resolve("palette.dcm"));
        assertThat(PixelFile.read(file).frame(0).photometric().name()).isEqualTo("PALETTE_COLOR");
        assertThat(Pnm.difference(render(file, View.DEFAULT), dcmtk("", file))).isZero();
    }

    private Path modified(String sample, String... changes) throws IOException {
        Path file = directory.resolve("modified.dcm");
        Files.write(file, Files.readAllBytes(Samples.file(sample + ".dcm")));
        List<String> options = new ArrayList<>(List.of("-nb"));
        for (String change : Arrays.copyOf(changes, changes.length - 1)) {
            options.addAll(List.of(change.startsWith("file:") ? "-if" : "-i", change.replace("file:", "")));
        }
        // The tool changes a file in place: its last option is what the others are given as the source.
        String last = changes[changes.length - 1];
        options.add(last.startsWith("file:") ? "-if" : "-i");
        Dcmtk.run("dcmodify", options, Path.of(last.replace("file:", "")), file);
        return file;
    }

    @Test
    void darkIsBrightInMonochrome1() throws IOException {
        Path file = modified("CT2_UNC", "(0028,0004)=MONOCHROME1");
        assertThat(Pnm.difference(render(file, View.DEFAULT), dcmtk("+Wi 1", file)))
                .isLessThanOrEqualTo(1);
        assertThat(Pnm.difference(render(file, View.DEFAULT), render(Samples.file("CT2_UNC.dcm"), View.DEFAULT)))
                .isGreaterThan(200);
    }

    @Test
    void lookupTablesOfModalityAndInterestAreApplied() throws IOException {
        byte[] table = new byte[2 * 4096];
        for (int i = 0; i < 4096; i++) {
            int value = 4095 - (int) (4095 * Math.pow(i / 4095.0, 0.5));
            table[2 * i] = (byte) value;
            table[2 * i + 1] = (byte) (value >> 8);
        }
        Path data = Files.write(directory.resolve("table"), table);
        Path modality = modified(
                "XA1_UNC",
                "(0028,3000)[0].(0028,3002)=4096\\0\\12",
                "(0028,3000)[0].(0028,3004)=US",
                "file:(0028,3000)[0].(0028,3006)=" + data);
        assertThat(Pnm.difference(
                        render(modality, View.DEFAULT.with(new Window(2048, 3000, Window.Function.LINEAR))),
                        dcmtk("+Ww 2048 3000", modality)))
                .isLessThanOrEqualTo(1);
        Path interest = modified(
                "XA1_UNC", "(0028,3010)[0].(0028,3002)=4096\\100\\12", "file:(0028,3010)[0].(0028,3006)=" + data);
        assertThat(Pnm.difference(render(interest, View.DEFAULT), dcmtk("+Wl 1", interest)))
                .isLessThanOrEqualTo(1);
    }

    @Test
    void overlaysAreDrawnInWhite() throws IOException {
        byte[] bits = new byte[100 * 80 / 8];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = (byte) (i * 37);
        }
        Path data = Files.write(directory.resolve("overlay"), bits);
        Path file = modified(
                "CT2_UNC",
                "(6002,0010)=80",
                "(6002,0011)=100",
                "(6002,0040)=G",
                "(6002,0050)=-9\\201",
                "(6002,0100)=1",
                "(6002,0102)=0",
                "file:(6002,3000)=" + data);
        Picture picture = render(file, View.DEFAULT);
        assertThat(Pnm.difference(picture, dcmtk("+Wi 1", file))).isLessThanOrEqualTo(1);
        Picture without = render(file, new View(View.DEFAULT.values(), null, false));
        assertThat(Pnm.difference(without, dcmtk("+Wi 1 -O", file))).isLessThanOrEqualTo(1);
        assertThat(Pnm.difference(picture, without)).isEqualTo(255);
    }

    @Test
    void halfTheSizeIsTheMeanOfFourPixels() throws IOException {
        Picture whole = render(Samples.file("US1_UNC.dcm"), View.DEFAULT);
        Picture half = render(Samples.file("US1_UNC.dcm"), View.thumbnail(320));
        assertThat(List.of(half.width(), half.height())).containsExactly(320, 240);
        for (int y = 0; y < 240; y++) {
            for (int x = 0; x < 320 * 3; x++) {
                int from = 2 * y * 640 * 3 + x / 3 * 6 + x % 3;
                int sum = 0;
                for (int at : new int[] {from, from + 3, from + 640 * 3, from + 640 * 3 + 3}) {
                    sum += whole.samples()[at] & 0xFF;
                }
                assertThat(half.samples()[y * 320 * 3 + x] & 0xFF).isBetween(sum / 4, (sum + 3) / 4);
            }
        }
    }
}

package org.countyhub.imaging.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.dicom.codec.Frame;
import org.countyhub.imaging.dicom.codec.Photometric;
import org.countyhub.imaging.dicom.codec.Pixels;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wishes for a picture, and what images say of themselves that DCMTK does not look at. */
class ViewTest {
    private static Frame grey(int width, int... values) {
        short[] cells = new short[values.length];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = (short) values[i];
        }
        return new Frame(
                width, values.length / width, Photometric.MONOCHROME2, 16, 0, true, new Frame.Cells.Shorts(cells));
    }

    private static Dataset.Builder described(int width, int height) {
        return Pixels.builder("MONOCHROME2", width, height, 16, 16, true);
    }

    private static int[] shades(Frame frame, Dataset dataset, int number, View view) {
        Picture picture = Rendering.render(frame, dataset, number, view);
        int[] shades = new int[picture.samples().length];
        for (int i = 0; i < shades.length; i++) {
            shades[i] = picture.samples()[i] & 0xFF;
        }
        return shades;
    }

    @Test
    void windowsAreWrittenAsTheStandardWritesThem() {
        assertThat(Window.parse("40,400")).isEqualTo(new Window(40, 400, Window.Function.LINEAR));
        assertThat(Window.parse("-600.5,1500,sigmoid")).isEqualTo(new Window(-600.5, 1500, Window.Function.SIGMOID));
        assertThat(Window.parse("1,0.5,linear-exact")).isEqualTo(new Window(1, 0.5, Window.Function.LINEAR_EXACT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "40",
                "40,",
                "40,0",
                "40,0.5,linear",
                "a,b",
                "40,400,cubic",
                "NaN,400",
                "40,Infinity",
                "1,2,linear,3",
                "40,-1,sigmoid"
            })
    void otherWindowsAreRefused(String value) {
        assertThatThrownBy(() -> Window.parse(value)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem()).isInstanceOf(Problem.BadSearch.class);
            assertThat(e.problem().faults().getFirst().expression()).isEqualTo("window");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "0,5", "5,5,1", "5,5,-1,0,2,2", "9000,5", "a,b", "5,5,1,1,1,99999999999", "1e99,5"})
    void otherViewportsAreRefused(String value) {
        assertThatThrownBy(() -> Viewport.parse(value)).isInstanceOf(ProblemException.class);
    }

    @Test
    void windowFunctionsAreThoseOfTheStandard() {
        Window linear = new Window(2048, 4096, Window.Function.LINEAR);
        assertThat(linear.apply(0)).isEqualTo(0);
        assertThat(linear.apply(4095)).isEqualTo(1);
        Window narrow = new Window(10, 1, Window.Function.LINEAR);
        assertThat(List.of(narrow.apply(9.5), narrow.apply(9.6))).containsExactly(0.0, 1.0);
        Window exact = new Window(0, 100, Window.Function.LINEAR_EXACT);
        assertThat(List.of(exact.apply(-50), exact.apply(0), exact.apply(50))).containsExactly(0.0, 0.5, 1.0);
        assertThat(new Window(0, 100, Window.Function.SIGMOID).apply(50))
                .isEqualTo(1 / (1 + Math.exp(-2)), within(1e-12));
    }

    @Test
    void paddingIsBlackAndDoesNotWidenTheRange() {
        Frame frame = grey(5, -2000, 100, 200, 300, -1999);
        Dataset plain = described(5, 1).build();
        Dataset padded = described(5, 1)
                .set(new Element.Bytes(Tag.PixelPaddingValue, Vr.US, new byte[] {0x30, (byte) 0xF8}))
                .set(new Element.Bytes(Tag.PixelPaddingRangeLimit, Vr.SS, new byte[] {0x31, (byte) 0xF8}))
                .build();
        assertThat(shades(frame, padded, 0, View.DEFAULT)).containsExactly(0, 0, 128, 255, 0);
        assertThat(shades(frame, plain, 0, View.DEFAULT)[1]).isGreaterThan(200);
        Dataset inverse = padded.toBuilder()
                .set(Tag.PresentationLUTShape, Vr.CS, "INVERSE")
                .build();
        assertThat(shades(frame, inverse, 0, View.DEFAULT)).containsExactly(0, 255, 128, 0, 0);
    }

    @Test
    void presetsAreChosenByNumberOrName() {
        Dataset dataset = described(3, 1)
                .set(Tag.WindowCenter, Vr.DS, "50", "1000")
                .set(Tag.WindowWidth, Vr.DS, "100", "100")
                .set(Tag.VOILUTFunction, Vr.CS, "LINEAR_EXACT")
                .set(Tag.WindowCenterWidthExplanation, Vr.LO, "SOFT", "BONE")
                .build();
        Frame frame = grey(3, 0, 50, 1000);
        assertThat(Rendering.presets(dataset, 0)).containsExactly("SOFT", "BONE");
        assertThat(shades(frame, dataset, 0, View.DEFAULT)).containsExactly(0, 128, 255);
        assertThat(shades(frame, dataset, 0, View.DEFAULT.withPreset("2"))).containsExactly(0, 0, 128);
        assertThat(shades(frame, dataset, 0, View.DEFAULT.withPreset("bone"))).containsExactly(0, 0, 128);
        assertThatThrownBy(() -> shades(frame, dataset, 0, View.DEFAULT.withPreset("3")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("SOFT, BONE");
    }

    @Test
    void eachFrameOfAnEnhancedObjectHasItsOwnRescaleAndWindow() {
        Dataset dataset = described(2, 1)
                .set(Tag.SharedFunctionalGroupsSequence, List.of(group("1", "0", "50")))
                .set(Tag.PerFrameFunctionalGroupsSequence, List.of(Dataset.EMPTY, group("2", "-100", "0")))
                .build();
        Frame frame = grey(2, 50, 100);
        assertThat(shades(frame, dataset, 0, View.DEFAULT)).containsExactly(128, 255);
        assertThat(shades(frame, dataset, 1, View.DEFAULT)).containsExactly(128, 255);
        assertThat(shades(frame, dataset, 1, View.DEFAULT.with(new Window(100, 100, Window.Function.LINEAR_EXACT))))
                .containsExactly(0, 128);
    }

    private static Dataset group(String slope, String intercept, String center) {
        Dataset values = Dataset.builder()
                .set(Tag.RescaleSlope, Vr.DS, slope)
                .set(Tag.RescaleIntercept, Vr.DS, intercept)
                .build();
        Dataset window = Dataset.builder()
                .set(Tag.WindowCenter, Vr.DS, center)
                .set(Tag.WindowWidth, Vr.DS, "100")
                .set(Tag.VOILUTFunction, Vr.CS, "LINEAR_EXACT")
                .build();
        return Dataset.builder()
                .set(Tag.PixelValueTransformationSequence, List.of(values))
                .set(Tag.FrameVOILUTSequence, List.of(window))
                .build();
    }

    @Test
    void floatingNumbersAreSeenFromTheLowestToTheHighest() {
        Frame frame = new Frame(4, 1, Photometric.MONOCHROME2, 32, 0, false, new Frame.Cells.Floats(new float[] {
            -1e6f, 0, 1e6f, Float.NaN
        }));
        assertThat(shades(frame, described(4, 1).build(), 0, View.DEFAULT)).containsExactly(0, 128, 255, 0);
    }

    @Test
    void overlaysInUnusedBitsAreDrawn() {
        Dataset dataset = described(2, 1)
                .set(Tag.OverlayRows, 1)
                .set(Tag.OverlayColumns, 2)
                .set(Tag.OverlayBitPosition, 12)
                .build();
        Frame frame = new Frame(
                2, 1, Photometric.MONOCHROME2, 12, 0, false, new Frame.Cells.Shorts(new short[] {0x1000, 100}));
        View window = View.DEFAULT.with(new Window(100, 200, Window.Function.LINEAR_EXACT));
        assertThat(shades(frame, dataset, 0, window)).containsExactly(255, 128);
        assertThat(shades(frame, dataset, 0, new View(window.values(), null, false)))
                .containsExactly(0, 128);
    }

    @Test
    void aPictureFitsItsViewportInTheShapeOfTheBody() {
        Frame frame = grey(4, 0, 1, 2, 3, 4, 5, 6, 7);
        Dataset square = described(4, 2).build();
        Dataset high =
                described(4, 2).set(Tag.PixelSpacing, Vr.DS, "1.0", "0.5").build();
        assertThat(size(frame, square, Viewport.parse("100,100"))).containsExactly(100, 50);
        assertThat(size(frame, square, Viewport.parse("100,20"))).containsExactly(40, 20);
        assertThat(size(frame, high, Viewport.parse("100,100"))).containsExactly(100, 100);
        assertThat(size(frame, square, Viewport.parse("8,8,1,0,2,2"))).containsExactly(8, 8);
        assertThatThrownBy(() -> size(frame, square, Viewport.parse("8,8,3,0,2,2")))
                .isInstanceOf(ProblemException.class);
    }

    private static List<Integer> size(Frame frame, Dataset dataset, Viewport viewport) {
        Picture picture = Rendering.render(frame, dataset, 0, View.DEFAULT.with(viewport));
        return List.of(picture.width(), picture.height());
    }

    @Test
    void aPartIsCutAndFlipped() {
        View all = View.DEFAULT.with(new Window(127.5, 255, Window.Function.LINEAR_EXACT));
        Frame frame = grey(3, 10, 20, 30, 40, 50, 60);
        Dataset dataset = described(3, 2).build();
        assertThat(shades(frame, dataset, 0, all.with(Viewport.parse("2,2,1,0,2,2"))))
                .containsExactly(20, 30, 50, 60);
        assertThat(shades(frame, dataset, 0, all.with(Viewport.parse("2,2,1,0,-2,2"))))
                .containsExactly(30, 20, 60, 50);
        assertThat(shades(frame, dataset, 0, all.with(Viewport.parse("2,2,1,0,2,-2"))))
                .containsExactly(50, 60, 20, 30);
        assertThat(shades(frame, dataset, 0, all.with(Viewport.parse("1,1")))).containsExactly(35);
        assertThat(shades(grey(2, 0, 100), described(2, 1).build(), 0, all.with(Viewport.within(4, 4))))
                .startsWith(0, 25, 75, 100);
    }
}

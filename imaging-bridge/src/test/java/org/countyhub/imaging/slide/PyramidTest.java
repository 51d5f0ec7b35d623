package org.countyhub.imaging.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From headers to levels and tile maps: PS3.3 sections A.32.8, C.7.6.17.3 and C.8.12. */
class PyramidTest {
    private static final SyntheticSlide FULL = slide(false);
    private static final SyntheticSlide SPARSE = slide(true);
    private static final TransferSyntax NATIVE = TransferSyntax.EXPLICIT_LITTLE_ENDIAN;

    private static SyntheticSlide slide(boolean sparse) {
        return new SyntheticSlide(sparse, true, "1.2.3", "1.2.3.4", 5_000, 3_800, 256);
    }

    private static SlideImage image(Dataset header) {
        return SlideImage.of(header, NATIVE, (int) header.integer(Tag.NumberOfFrames, 1));
    }

    private static Pyramid pyramid(Dataset... headers) {
        List<SlideImage> images = new ArrayList<>();
        for (Dataset header : headers) {
            images.add(image(header));
        }
        return Pyramid.of(images, List.of());
    }

    private static TileMap only(Pyramid pyramid) {
        assertThat(pyramid.levels()).hasSize(1);
        assertThat(pyramid.levels().getFirst().layers()).hasSize(1);
        return pyramid.levels().getFirst().layers().getFirst().tiles();
    }

    private static void isRefused(Dataset header, String place, String why) {
        assertThatThrownBy(() -> pyramid(header))
                .isInstanceOf(ProblemException.class)
                .extracting(e -> ((ProblemException) e).problem())
                .asInstanceOf(InstanceOfAssertFactories.type(Problem.Unprocessable.class))
                .satisfies(problem -> {
                    assertThat(problem.faults().getFirst().expression()).isEqualTo(place);
                    assertThat(problem.faults().getFirst().diagnostics()).contains(why);
                });
    }

    private static void isRefused(UnaryOperator<Dataset.Builder> change, String place, String why) {
        isRefused(change.apply(FULL.header(0)).build(), place, why);
    }

    @Test
    void levelsComeFinestFirstWhateverTheirOrder() {
        Pyramid pyramid = pyramid(
                FULL.header(2).build(), FULL.header(0).build(), FULL.header(1).build());
        assertThat(pyramid.levels())
                .extracting(Level::grid)
                .containsExactly(
                        new Grid(5_000, 3_800, 256, 256), new Grid(1_250, 950, 256, 256), new Grid(313, 238, 256, 256));
        assertThat(pyramid.levels().get(1).spacing()).isEqualTo(new SlideImage.Spacing(0.001, 0.001));
        assertThat(pyramid.objectiveLensPower()).isEqualTo(40);
        assertThat(pyramid.leftOut()).isEmpty();
    }

    @Test
    void framesOfAFullGridFollowTheRows() {
        TileMap map = only(pyramid(FULL.header(0).build()));
        assertThat(map.columns()).isEqualTo(20);
        assertThat(map.rows()).isEqualTo(15);
        assertThat(map.frame(0, 0)).isEqualTo(1);
        assertThat(map.frame(19, 0)).isEqualTo(20);
        assertThat(map.frame(0, 1)).isEqualTo(21);
        assertThat(map.frame(19, 14)).isEqualTo(300);
        assertThat(map.runs()).containsExactly(0, 1, 300);
        assertThatThrownBy(() -> map.frame(20, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void framesOfASparseGridAreWhereTheySay() {
        TileMap map = only(pyramid(SPARSE.header(0).build()));
        List<Integer> order = SPARSE.order(0, 300);
        for (int frame = 1; frame <= 300; frame++) {
            int tile = order.get(frame - 1);
            assertThat(map.frame(tile % 20, tile / 20)).isEqualTo(frame);
        }
    }

    @Test
    void aTileThatWasNotScannedHasNoFrame() {
        Dataset header = sparse(at(1, 1), at(257, 1), at(1_025, 257));
        TileMap map = only(pyramid(header));
        assertThat(map.frame(1, 0)).isEqualTo(2);
        assertThat(map.frame(2, 0)).isZero();
        assertThat(map.frame(4, 1)).isEqualTo(3);
        assertThat(map.runs()).containsExactly(0, 1, 2, 24, 3, 1);
    }

    private static Dataset at(int column, int row) {
        return SyntheticSlide.at(column, row, "0");
    }

    private static Dataset sparse(Dataset... frames) {
        return SPARSE.header(0)
                .set(Tag.NumberOfFrames, Vr.IS, Integer.toString(frames.length))
                .set(Tag.PerFrameFunctionalGroupsSequence, List.of(frames))
                .build();
    }

    @Test
    void anImageOfBeforeTheTypeWasDefinedIsReadByItsPositions() {
        Dataset header = SPARSE.header(0).remove(Tag.DimensionOrganizationType).build();
        int tile = SPARSE.order(0, 300).get(16);
        assertThat(only(pyramid(header)).frame(tile % 20, tile / 20)).isEqualTo(17);
    }

    @Test
    void focalPlanesAndOpticalPathsAreLayers() {
        Dataset header = FULL.header(1)
                .set(Tag.NumberOfFrames, Vr.IS, "120")
                .set(SyntheticSlide.whole(Tag.TotalPixelMatrixFocalPlanes, 3))
                .set(SyntheticSlide.whole(Tag.NumberOfOpticalPaths, 2))
                .build();
        List<Layer> layers = pyramid(header).levels().getFirst().layers();
        assertThat(layers)
                .extracting(layer -> layer.opticalPath() + " " + layer.zOffset() + " "
                        + layer.tiles().frame(0, 0))
                .containsExactly("1 0.0 1", "1 1.0 21", "1 2.0 41", "2 0.0 61", "2 1.0 81", "2 2.0 101");
        assertThat(layers.getLast().tiles().frame(4, 3)).isEqualTo(120);
    }

    @Test
    void sparseFramesAtOnePlaceAreLayersByTheirFocus() {
        List<Layer> layers = pyramid(sparse(
                        SyntheticSlide.at(1, 1, "0"), SyntheticSlide.at(1, 1, "1.5"), SyntheticSlide.at(257, 1, "1.5")))
                .levels()
                .getFirst()
                .layers();
        assertThat(layers).extracting(Layer::zOffset).containsExactly(0.0, 1.5);
        assertThat(layers.get(1).tiles().frame(0, 0)).isEqualTo(2);
        assertThat(layers.get(0).tiles().frame(1, 0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void partsOfAConcatenationAreOneLevel(boolean sparse) {
        SyntheticSlide slide = slide(sparse);
        List<Dataset> all = slide.header(0).build().items(Tag.PerFrameFunctionalGroupsSequence);
        List<Dataset> parts = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
            Dataset.Builder header = slide.header(0)
                    .set(Tag.SOPInstanceUID, Vr.UI, "1.2.3.4.1" + part)
                    .set(Tag.ConcatenationUID, Vr.UI, "1.2.3.9")
                    .set(SyntheticSlide.whole(Tag.ConcatenationFrameOffsetNumber, 100L * part))
                    .set(Tag.NumberOfFrames, Vr.IS, "100");
            if (sparse) {
                header.set(Tag.PerFrameFunctionalGroupsSequence, all.subList(100 * part, 100 * part + 100));
            }
            parts.add(header.build());
        }
        Collections.reverse(parts);
        Pyramid pyramid = pyramid(parts.toArray(Dataset[]::new));
        Layer layer = pyramid.levels().getFirst().layers().getFirst();
        assertThat(layer.parts())
                .containsExactly(
                        new Layer.Part("1.2.3.4.10", 0, 100),
                        new Layer.Part("1.2.3.4.11", 100, 100),
                        new Layer.Part("1.2.3.4.12", 200, 100));
        int tile = slide.order(0, 300).get(249);
        assertThat(layer.tiles().frame(tile % 20, tile / 20)).isEqualTo(250);
    }

    @Test
    void aConcatenationWithoutOneOfItsPartsIsNoLevel() {
        Dataset header = FULL.header(0)
                .set(Tag.ConcatenationUID, Vr.UI, "1.2.3.9")
                .set(SyntheticSlide.whole(Tag.ConcatenationFrameOffsetNumber, 100))
                .set(Tag.NumberOfFrames, Vr.IS, "200")
                .build();
        isRefused(header, "(0020,9228)", "begins behind frame 100, and the one before it ends with frame 0");
    }

    @Test
    void countsThatLieAreRefused() {
        isRefused(builder -> builder.set(Tag.NumberOfFrames, Vr.IS, "299"), "(0028,0008)", "do not fill 20 × 15 tiles");
        isRefused(
                builder -> builder.set(SyntheticSlide.whole(Tag.TotalPixelMatrixFocalPlanes, 2)),
                "(0028,0008)",
                "in 2 focal planes");
        isRefused(
                builder -> builder.set(SyntheticSlide.whole(Tag.NumberOfOpticalPaths, 4_000_000_000L)),
                "(0048,0302)",
                "1 to 256");
        isRefused(
                builder -> builder.set(SyntheticSlide.whole(Tag.TotalPixelMatrixColumns, 0)),
                "(0048,0006)",
                "0 is not");
        isRefused(builder -> builder.set(Tag.Columns, 0), "(0028,0011)", "0 is not 1 to 65535");
        Dataset header = FULL.header(0).build();
        assertThatThrownBy(() -> SlideImage.of(header, NATIVE, 12))
                .hasMessageContaining("it says 300, but there are 12");
        isRefused(
                SPARSE.header(0).set(Tag.NumberOfFrames, Vr.IS, "299").build(),
                "(5200,9230)",
                "describes 300 frames, but there are 299");
    }

    @Test
    void sizesThatOverflowAreRefused() {
        isRefused(
                builder -> builder.set(SyntheticSlide.whole(Tag.TotalPixelMatrixColumns, 0x7FFF_FFFFL))
                        .set(SyntheticSlide.whole(Tag.TotalPixelMatrixRows, 0x7FFF_FFFFL))
                        .set(Tag.Columns, 1)
                        .set(Tag.Rows, 1),
                "(0048,0007)",
                "more than there can be frames");
        isRefused(
                builder -> builder.set(SyntheticSlide.whole(Tag.TotalPixelMatrixColumns, 0xFFFF_FFFFL)),
                "(0048,0006)",
                "4294967295 is not");
        isRefused(
                builder -> builder.set(Tag.ConcatenationUID, Vr.UI, "1.2.9")
                        .set(SyntheticSlide.whole(Tag.ConcatenationFrameOffsetNumber, 0x7FFF_FFFFL)),
                "(0020,9228)",
                "cannot be");
    }

    @Test
    void positionsOffTheGridAreRefusedWithTheirPlace() {
        String column = "(5200,9230)[1].(0048,021A)[0].(0048,021E)";
        String row = "(5200,9230)[1].(0048,021A)[0].(0048,021F)";
        isRefused(sparse(at(1, 1), at(258, 1)), column, "258 is not on the grid of tiles of 256 pixels");
        isRefused(sparse(at(1, 1), at(5_121, 1)), column, "beside the total pixel matrix");
        isRefused(sparse(at(1, 1), at(1, 0)), row, "beside the total pixel matrix");
        isRefused(sparse(at(1, 1), at(1, -255)), row, "beside the total pixel matrix");
        isRefused(sparse(at(1, 1), Dataset.EMPTY), column, "missing");
        isRefused(sparse(at(257, 1), at(1, 1), at(257, 1)), "(5200,9230)", "frames 1 and 3 are at the same place");
    }

    @Test
    void aGridThatIsHugeOnPaperCostsNothing() {
        Dataset header = SPARSE.header(0)
                .set(Tag.NumberOfFrames, Vr.IS, "1")
                .set(Tag.PerFrameFunctionalGroupsSequence, List.of(at(1, 1)))
                .set(SyntheticSlide.whole(Tag.TotalPixelMatrixColumns, 0x7FFF_FFFFL))
                .set(SyntheticSlide.whole(Tag.TotalPixelMatrixRows, 0x7FFF))
                .build();
        assertThat(only(pyramid(header)).runs()).containsExactly(0, 1, 1);
    }

    @Test
    void oneBadImageDoesNotHideTheOthers() {
        Pyramid pyramid = pyramid(
                FULL.header(0).set(Tag.NumberOfFrames, Vr.IS, "7").build(),
                FULL.header(1).build());
        assertThat(pyramid.levels()).hasSize(1);
        assertThat(pyramid.leftOut()).hasSize(1);
        assertThat(pyramid.leftOut().getFirst().sopInstanceUid()).isEqualTo(FULL.instance(0));
    }

    @Test
    void aLevelOfAnotherShapeIsLeftOut() {
        Pyramid pyramid = pyramid(
                FULL.header(0).build(),
                FULL.header(1)
                        .set(SyntheticSlide.whole(Tag.TotalPixelMatrixRows, 256))
                        .set(Tag.NumberOfFrames, Vr.IS, "5")
                        .build());
        assertThat(pyramid.levels()).hasSize(1);
        assertThat(pyramid.leftOut().getFirst().fault().diagnostics())
                .isEqualTo("1250 × 256 pixels are not of the shape of the finest level");
    }

    @Test
    void aThumbnailIsALevelWhereItIsSmallerThanAllOthers() {
        Dataset thumbnail = FULL.header(2)
                .set(Tag.ImageType, Vr.CS, "DERIVED", "PRIMARY", "THUMBNAIL", "RESAMPLED")
                .build();
        assertThat(pyramid(FULL.header(0).build(), thumbnail).levels()).hasSize(2);
        assertThat(pyramid(FULL.header(2).build(), thumbnail).levels()).hasSize(1);
    }

    @Test
    void theSizeOfTheSpecimenGivesTheSpacingWhereNothingElseDoes() {
        Dataset header = FULL.header(0)
                .remove(Tag.SharedFunctionalGroupsSequence)
                .set(Tag.ImagedVolumeWidth, Vr.DS, "2.5")
                .set(Tag.ImagedVolumeHeight, Vr.DS, "0.95")
                .build();
        SlideImage.Spacing spacing = pyramid(header).levels().getFirst().spacing();
        assertThat(spacing).isNotNull();
        assertThat(spacing.across()).isEqualTo(0.0005, within(1e-12));
        assertThat(spacing.down()).isEqualTo(0.00025, within(1e-12));
    }

    @Test
    void onlyJpegsInTheColoursOfJpegAreLeftToBrowsers() {
        TransferSyntax jpeg = new TransferSyntax("1.2.840.10008.1.2.4.50");
        Dataset header = FULL.header(0).build();
        assertThat(SlideImage.of(header, jpeg, 300).browserReady()).isTrue();
        assertThat(SlideImage.of(header, NATIVE, 300).browserReady()).isFalse();
        Dataset rgb =
                FULL.header(0).set(Tag.PhotometricInterpretation, Vr.CS, "RGB").build();
        assertThat(SlideImage.of(rgb, jpeg, 300).browserReady()).isFalse();
    }

    @Test
    void aSeriesWithoutTheSpecimenIsNoSlide() {
        isRefused(
                FULL.header(2)
                        .set(Tag.ImageType, Vr.CS, "ORIGINAL", "PRIMARY", "LABEL", "NONE")
                        .build(),
                "(0008,0008)",
                "no image of the series shows the specimen");
    }
}

package org.countyhub.imaging.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.imaging.film.SomeImages.CAPTURE;
import static org.countyhub.imaging.film.SomeImages.image;
import static org.countyhub.imaging.film.SomeImages.instance;
import static org.countyhub.imaging.film.SomeImages.selection;
import static org.countyhub.imaging.film.SomeImages.slice;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.film.SomeImages.Chosen;
import org.countyhub.imaging.slide.SyntheticSlide;
import org.countyhub.imaging.study.StoreOutcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** With which image a study is opened. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirstImageTest {
    private static final AtomicInteger STUDIES = new AtomicInteger();
    private static final String[] ORIGINAL = {"ORIGINAL", "PRIMARY", "AXIAL"};

    private Bridge bridge;
    private FirstImage first;
    private String study = "";

    @BeforeAll
    void start() {
        bridge = new Bridge();
        first = new FirstImage(bridge.studies.shown());
    }

    @AfterAll
    void stop() {
        bridge.close();
    }

    @org.junit.jupiter.api.BeforeEach
    void anotherStudy() {
        study = "1.2.3.800." + STUDIES.incrementAndGet();
    }

    private void store(Dataset.Builder... all) {
        for (Dataset.Builder one : all) {
            assertThat(bridge.store(Bridge.HAIDU, one.build())).isInstanceOf(StoreOutcome.Added.class);
        }
    }

    /** A scout and five slices. */
    private void ct() {
        store(slice(study, 1, 1, "ORIGINAL", "PRIMARY", "LOCALIZER"));
        for (int number = 1; number <= 5; number++) {
            store(slice(study, 2, number, ORIGINAL));
        }
    }

    /** Series, number and frame of what is chosen first. */
    private String chosen(String... seriesUids) {
        return first.of(new FilmScope(study, Set.of(seriesUids), false, false)).stream()
                .map(choice -> choice.image().sopInstanceUid().substring(study.length() + 1) + "/" + choice.frame())
                .findFirst()
                .orElse("none");
    }

    @Test
    void withoutAChoiceItIsTheMiddleOfTheSlices() {
        ct();
        assertThat(chosen()).isEqualTo("2.3/1");
    }

    @Test
    void aScoutIsNotChosenHoweverLongItsSeries() {
        for (int number = 1; number <= 4; number++) {
            store(slice(study, 1, number, "ORIGINAL", "PRIMARY", "LOCALIZER"));
        }
        store(slice(study, 2, 1, ORIGINAL));
        assertThat(chosen()).isEqualTo("2.1/1");
    }

    @Test
    void aScoutThatOnlyItsSeriesNamesIsNotChosen() {
        for (int number = 1; number <= 3; number++) {
            store(slice(study, 1, number, "ORIGINAL", "PRIMARY", "M")
                    .set(Tag.SeriesDescription, Vr.LO, "3-plane localizer"));
        }
        store(slice(study, 2, 1, "ORIGINAL", "PRIMARY", "M").set(Tag.SeriesDescription, Vr.LO, "t2_tse_tra"));
        assertThat(chosen()).isEqualTo("2.1/1");
    }

    @Test
    void whatWasComputedOrCapturedComesBehindWhatWasAcquired() {
        for (int number = 1; number <= 3; number++) {
            store(slice(study, 1, number, "DERIVED", "SECONDARY", "MPR"));
            store(image(CAPTURE, study, 3, number, 1, "DERIVED", "SECONDARY", "SCREEN SAVE"));
        }
        store(slice(study, 2, 1, ORIGINAL));
        assertThat(chosen()).isEqualTo("2.1/1");
        assertThat(chosen(SomeImages.series(study, 3), SomeImages.series(study, 1)))
                .as("where nothing else is shown")
                .isEqualTo("1.2/1");
    }

    @Test
    void aProjectionForPresentationIsChosenThoughItIsDerived() {
        store(
                image("1.2.840.10008.5.1.4.1.1.1.1.1", study, 1, 1, 1, "ORIGINAL", "PRIMARY"),
                image("1.2.840.10008.5.1.4.1.1.1.1", study, 2, 1, 1, "DERIVED", "PRIMARY"));
        assertThat(chosen()).isEqualTo("2.1/1");
    }

    @Test
    void aCineIsOpenedInItsMiddleOrWhereItSays() {
        store(image("1.2.840.10008.5.1.4.1.1.12.1", study, 1, 1, 9, "ORIGINAL", "PRIMARY", "SINGLE PLANE"));
        assertThat(chosen()).isEqualTo("1.1/5");
        anotherStudy();
        store(image("1.2.840.10008.5.1.4.1.1.12.1", study, 1, 1, 9, "ORIGINAL", "PRIMARY")
                .set(new org.countyhub.imaging.dicom.Element.Bytes(0x00286010, Vr.US, new byte[] {7, 0})));
        assertThat(chosen()).isEqualTo("1.1/7");
    }

    @Test
    void aSlideIsOpenedWithTheWholeSpecimen() {
        SyntheticSlide slide = new SyntheticSlide(false, false, study, study + ".1", 1000, 700, 128);
        for (int level = 0; level < 3; level++) {
            Dataset.Builder image = slide.header(level);
            int frames = (int) image.build().integer(Tag.NumberOfFrames, 1);
            store(image.set(new org.countyhub.imaging.dicom.Element.Bytes(
                    Tag.PixelData, Vr.OB, new byte[frames * 3 * 128 * 128])));
        }
        FirstImage.Choice choice =
                first.of(new FilmScope(study, Set.of(), false, false)).getFirst();
        int most = bridge
                .studies
                .bySopInstanceUid(java.util.List.of(choice.image().sopInstanceUid()))
                .stream()
                .mapToInt(stored -> org.countyhub.imaging.dicom.codec.FrameIndex.of(stored.frames())
                        .frames())
                .max()
                .orElseThrow();
        assertThat(most).isLessThan(10);
    }

    @Test
    void theKeyImageIsChosenWithItsFrame() {
        ct();
        store(image(SomeImages.CT, study, 3, 1, 8, ORIGINAL));
        store(selection(study, 1, "113000", "1000", new Chosen(3, 1, 4), new Chosen(2, 5, 0)));
        assertThat(chosen()).isEqualTo("3.1/4");
    }

    @Test
    void aFrameThatIsNotThereIsNoReasonNotToShowTheImage() {
        store(image(SomeImages.CT, study, 3, 1, 8, ORIGINAL));
        store(selection(study, 1, "113000", "1000", new Chosen(3, 1, 9)));
        assertThat(chosen()).isEqualTo("3.1/5");
    }

    @Test
    void ofSeveralDocumentsTheTitleCountsAndThenTheTime() {
        ct();
        store(
                selection(study, 1, "113018", "1200", new Chosen(2, 1, 0)),
                selection(study, 2, "113000", "0900", new Chosen(2, 2, 0)),
                selection(study, 3, "113007", "1000", new Chosen(2, 4, 0)),
                selection(study, 4, "113013", "0800", new Chosen(2, 5, 0)));
        assertThat(chosen()).isEqualTo("2.4/1");
    }

    @Test
    void aKeyImageThatTheLinkDoesNotShowIsPassedOver() {
        ct();
        store(slice(study, 3, 1, ORIGINAL));
        store(selection(study, 1, "113000", "1000", new Chosen(3, 1, 0), new Chosen(2, 4, 0)));
        assertThat(chosen(SomeImages.series(study, 2))).isEqualTo("2.4/1");
        assertThat(chosen(SomeImages.series(study, 1))).isEqualTo("1.1/1");
    }

    @Test
    void anImageOfAnotherStudyIsNoKeyImage() {
        ct();
        String own = study;
        anotherStudy();
        store(slice(study, 1, 1, ORIGINAL));
        store(selection(own, 1, "113000", "1000")
                .set(
                        Tag.ContentSequence,
                        selection(study, 1, "113000", "1000", new Chosen(1, 1, 0))
                                .build()
                                .items(Tag.ContentSequence)));
        study = own;
        assertThat(chosen()).isEqualTo("2.3/1");
    }

    @Test
    void whatWasRejectedIsNeverChosen() {
        for (String title : java.util.List.of("113001", "113037", "113038", "113039")) {
            anotherStudy();
            ct();
            store(
                    selection(study, 1, "113000", "1000", new Chosen(2, 3, 0)),
                    selection(study, 2, title, "0900", new Chosen(2, 3, 0), new Chosen(2, 4, 0)));
            assertThat(chosen()).as(title).isEqualTo("2.2/1");
            // The middle of the three that are left. A link to some of the series does not show the document that
            // rejects it.
            assertThat(chosen(SomeImages.series(study, 2))).as(title).isEqualTo("2.2/1");
        }
    }

    @Test
    void aStudyOfNothingButRejectedImagesHasNoFirstImage() {
        store(slice(study, 2, 1, ORIGINAL), selection(study, 1, "113001", "1000", new Chosen(2, 1, 0)));
        assertThat(chosen()).isEqualTo("none");
    }

    @Test
    void aDocumentThatWasRejectedChoosesNothing() {
        ct();
        store(
                selection(study, 1, "113000", "1000", new Chosen(2, 1, 0)),
                selection(study, 2, "113001", "1100", new Chosen(90, 1, 0)));
        assertThat(chosen()).isEqualTo("2.3/1");
    }

    @Test
    void manifestsAndReviewsChooseNothing() {
        ct();
        store(
                selection(study, 1, "113030", "1000", new Chosen(1, 1, 0)),
                selection(study, 2, "113010", "1000", new Chosen(2, 1, 0)),
                selection(study, 3, "113008", "1000", new Chosen(2, 2, 0)));
        assertThat(chosen()).isEqualTo("2.3/1");
    }

    @Test
    void aStudyThatIsNotShownHasNone() {
        study = "1.2.3.899";
        assertThat(chosen()).isEqualTo("none");
        assertThat(instance(study, 1, 1)).isEqualTo("1.2.3.899.1.1");
    }
}

package org.countyhub.imaging.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;

/** Where frames lie, whoever tells it: counts, offset tables or the codestreams. */
class FrameLocatorTest {
    private static final TransferSyntax JPEG = TransferSyntax.JPEG_BASELINE;
    private static final byte[] FIRST = {-1, (byte) 0xD8, -1, (byte) 0xDA, 1, 2, 3, 4, -1, (byte) 0xD9};
    private static final byte[] SECOND = {-1, (byte) 0xD8, -1, (byte) 0xDB, 9, 9, 9, -1, (byte) 0xD9, 0};
    private static final byte[] TAIL = {7, 7, 7, 7, 7, 7, -1, (byte) 0xD9};
    private static final byte[] HEAD = {-1, (byte) 0xD8, -1, (byte) 0xC0, 7, 7};

    /** Fragments as they lie in a file, with their item headers between them. */
    private static final class File {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final List<Element.Fragment> fragments = new ArrayList<>();
        final Dataset.Builder dataset;

        File(int frames, int... offsets) {
            ByteBuffer table = ByteBuffer.allocate(4 * offsets.length).order(ByteOrder.LITTLE_ENDIAN);
            Arrays.stream(offsets).forEach(table::putInt);
            bytes.writeBytes(new byte[100]);
            with(table.array());
            dataset = Pixels.builder("MONOCHROME2", 8, 8, 8, 8, false)
                    .set(Tag.NumberOfFrames, Vr.IS, String.valueOf(frames));
        }

        File with(byte[]... values) {
            for (byte[] value : values) {
                bytes.writeBytes(new byte[8]);
                fragments.add(new Element.Fragment(bytes.size(), value.length));
                bytes.writeBytes(value);
            }
            return this;
        }

        FrameIndex locate(TransferSyntax syntax) throws IOException {
            Dataset all = dataset.set(Pixels.fragments(fragments.toArray(Element.Fragment[]::new)))
                    .build();
            return FrameLocator.locate(
                    all,
                    PixelFormat.of(all),
                    syntax,
                    (position, length) ->
                            Arrays.copyOfRange(bytes.toByteArray(), (int) position, (int) position + length));
        }

        /** For each frame the numbers of its fragments, the first behind the table being 1. */
        List<List<Integer>> frames(TransferSyntax syntax) throws IOException {
            FrameIndex index = locate(syntax);
            return IntStream.range(0, index.frames())
                    .mapToObj(i -> index.ranges(i).stream()
                            .map(range -> fragments.indexOf(new Element.Fragment(range.position(), range.length())))
                            .toList())
                    .toList();
        }

        void refused(TransferSyntax syntax, String why) {
            assertThatThrownBy(() -> locate(syntax)).isInstanceOfSatisfying(ProblemException.class, e -> {
                assertThat(e.problem()).isInstanceOf(Problem.Unprocessable.class);
                assertThat(e.problem().faults().getFirst().diagnostics()).contains(why);
            });
        }
    }

    @Test
    void asManyFragmentsAsFramesNeedNoTableAndDoNotBelieveOne() throws IOException {
        assertThat(new File(2).with(FIRST, SECOND).frames(JPEG)).containsExactly(List.of(1), List.of(2));
        assertThat(new File(2, 4000, 5).with(FIRST, SECOND).frames(JPEG)).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void aSingleFrameHasAllFragments() throws IOException {
        assertThat(new File(1).with(HEAD, TAIL).frames(JPEG)).containsExactly(List.of(1, 2));
    }

    @Test
    void codestreamsTellWhereTheyBegin() throws IOException {
        assertThat(new File(3).with(FIRST, HEAD, TAIL, SECOND).frames(JPEG))
                .containsExactly(List.of(1), List.of(2, 3), List.of(4));
        byte[] start = {-1, 0x4F, -1, 0x51, 5, 5};
        assertThat(new File(2).with(start, TAIL, start, TAIL).frames(TransferSyntax.JPEG_2000))
                .containsExactly(List.of(1, 2), List.of(3, 4));
    }

    @Test
    void whatOnlyLooksLikeABeginningIsNone() throws IOException {
        assertThat(new File(2).with(HEAD, HEAD, TAIL, FIRST).frames(JPEG))
                .containsExactly(List.of(1, 2, 3), List.of(4));
        new File(2).with(HEAD, HEAD, TAIL).refused(JPEG, "beginnings");
        new File(2).with(FIRST, SECOND, FIRST).refused(JPEG, "more than");
    }

    @Test
    void tablesThatAgreeWithTheCodestreamsAreTaken() throws IOException {
        int second = 8 + HEAD.length + 8 + TAIL.length;
        assertThat(new File(2, 0, second).with(HEAD, TAIL, FIRST).frames(JPEG))
                .containsExactly(List.of(1, 2), List.of(3));
        File extended = new File(2).with(HEAD, TAIL, FIRST);
        ByteBuffer table = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0)
                .putLong(second);
        extended.dataset.set(new Element.Bytes(Tag.ExtendedOffsetTable, Vr.OV, table.array()));
        assertThat(extended.frames(JPEG)).containsExactly(List.of(1, 2), List.of(3));
    }

    @Test
    void tablesThatLieAreRefused() {
        int second = 8 + HEAD.length;
        new File(2, 0, second).with(HEAD, TAIL, FIRST).refused(JPEG, "does not point");
        new File(2, 0, second + 1).with(HEAD, TAIL, FIRST).refused(JPEG, "frame 2");
        new File(2, second, 0).with(HEAD, TAIL, FIRST).refused(JPEG, "frame 1");
        new File(2, 0, 0).with(HEAD, TAIL, FIRST).refused(JPEG, "frame 2");
        new File(2, 0, -8).with(HEAD, TAIL, FIRST).refused(JPEG, "frame 2");
        new File(2, 0, 100_000).with(HEAD, TAIL, FIRST).refused(JPEG, "frame 2");
        new File(2, 0).with(HEAD, TAIL, FIRST).refused(JPEG, "4 bytes for 2 frames");
        new File(2, 0, 14, 28).with(HEAD, TAIL, FIRST).refused(JPEG, "12 bytes for 2 frames");
        File extended = new File(2).with(HEAD, TAIL, FIRST);
        ByteBuffer table = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0)
                .putLong(Long.MAX_VALUE);
        extended.dataset.set(new Element.Bytes(Tag.ExtendedOffsetTable, Vr.OV, table.array()));
        extended.refused(JPEG, "frame 2");
    }

    @Test
    void framesThatNothingTellsApartAreRefused() throws IOException {
        new File(3).with(FIRST, SECOND).refused(JPEG, "2 fragments cannot hold 3 frames");
        new File(2).with(TAIL, TAIL, TAIL).refused(TransferSyntax.RLE_LOSSLESS, "no offset table");
        int second = 8 + TAIL.length;
        assertThat(new File(2, 0, second).with(TAIL, TAIL, TAIL).frames(TransferSyntax.RLE_LOSSLESS))
                .containsExactly(List.of(1), List.of(2, 3));
    }

    @Test
    void videoHasNoFramesToTakeOut() {
        assertThatThrownBy(() -> new File(25).with(FIRST).locate(new TransferSyntax("1.2.840.10008.1.2.4.102")))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isInstanceOf(Problem.NotAcceptable.class));
    }

    @Test
    void pixelsThatAreTooFewForTheirFramesAreRefused() throws IOException {
        PixelFile file = PixelFile.read(Samples.file("CT2_UNC.dcm"));
        Dataset two =
                file.dataset().toBuilder().set(Tag.NumberOfFrames, Vr.IS, "2").build();
        assertThatThrownBy(() -> FrameLocator.locate(two, PixelFormat.of(two), file.syntax(), file::bytes))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("2 frames");
    }
}

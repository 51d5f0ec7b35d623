package org.countyhub.imaging.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.countyhub.imaging.Dcmtk;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames that are not what they say never reach a native decoder unchecked, and never crash it. */
class HostileFrameTest {
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Case(String name, byte[] encoded, PixelFormat format, TransferSyntax syntax) {
        Frame decode(byte[] other) {
            return FrameDecoder.decode(other, format, syntax, 0);
        }
    }

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final List<Case> cases = new ArrayList<>();

    @BeforeEach
    void encode() throws IOException {
        add("baseline", "dcmcjpeg +eb", "US1_UNC");
        add("extended", "dcmcjpeg +ee", "MR1_UNC");
        add("lossless", "dcmcjpeg +e1", "CT1_UNC");
        add("jpeg-ls", "dcmcjpls +el", "US1_UNC");
        add("rle", "dcmcrle", "CT1_UNC");
        for (String sample : new String[] {"MR1_J2KR", "VL1_J2KR"}) {
            add(sample, PixelFile.read(Samples.file(sample + ".dcm")));
        }
    }

    private void add(String name, String tool, String sample) throws IOException {
        add(name, PixelFile.read(Dcmtk.run(tool, Samples.file(sample + ".dcm"), directory.resolve(name + ".dcm"))));
    }

    private void add(String name, PixelFile file) throws IOException {
        cases.add(new Case(name, file.encoded(0), PixelFormat.of(file.dataset()), file.syntax()));
    }

    @Test
    void anotherSizeThanTheDataSetSaysIsRefused() {
        for (Case one : cases) {
            PixelFormat f = one.format();
            for (int[] size :
                    new int[][] {{f.rows() + 1, f.columns()}, {f.rows(), f.columns() - 1}, {f.columns() + 7, f.rows()}
                    }) {
                PixelFormat other = new PixelFormat(
                        size[0],
                        size[1],
                        f.photometric(),
                        f.planar(),
                        f.numbers(),
                        f.bitsAllocated(),
                        f.bitsStored(),
                        f.highBit(),
                        f.signed(),
                        1,
                        f.vr());
                refused(
                        one.name(),
                        Problem.Unprocessable.class,
                        () -> FrameDecoder.decode(one.encoded(), other, one.syntax(), 0));
            }
        }
    }

    @Test
    void aHeaderThatClaimsAHugeImageIsRefused() {
        for (Case one : cases) {
            byte[] claim = one.encoded().clone();
            ByteBuffer buffer = ByteBuffer.wrap(claim);
            switch (one.name()) {
                case "MR1_J2KR", "VL1_J2KR" -> buffer.putInt(8, 60_000).putInt(12, 60_000);
                case "rle" -> buffer.putInt(0, -1);
                default -> {
                    int at = frameHeader(claim);
                    buffer.putShort(at + 5, (short) 60_000).putShort(at + 7, (short) 60_000);
                }
            }
            refused(one.name(), Problem.Unprocessable.class, () -> one.decode(claim));
        }
    }

    private static int frameHeader(byte[] jpeg) {
        for (int i = 0; i + 1 < jpeg.length; i++) {
            int marker = jpeg[i + 1] & 0xFF;
            if (jpeg[i] == -1 && (marker == 0xC0 || marker == 0xC1 || marker == 0xC3 || marker == 0xF7)) {
                return i;
            }
        }
        return fail("no frame header");
    }

    @Test
    void aDataSetOfAHugeImageIsRefusedBeforeAnythingIsMade() {
        Dataset dataset =
                Pixels.builder("MONOCHROME2", 60_000, 60_000, 16, 16, false).build();
        PixelFormat format = PixelFormat.of(dataset);
        for (TransferSyntax syntax : List.of(
                TransferSyntax.EXPLICIT_LITTLE_ENDIAN,
                TransferSyntax.RLE_LOSSLESS,
                TransferSyntax.JPEG_LOSSLESS_SV1,
                TransferSyntax.JPEG_2000)) {
            refused("huge", Problem.TooCostly.class, () -> FrameDecoder.decode(new byte[64], format, syntax, 0));
        }
    }

    @Test
    void truncatedFramesAreRefusedWhereverTheyEnd() {
        Random random = new Random(3);
        for (Case one : cases) {
            // Anywhere in the header, where each part of it is read, and anywhere behind.
            for (int i = 0; i < 330; i++) {
                int length = i < 300 ? i : random.nextInt(one.encoded().length - 4);
                refused(
                        one.name(),
                        Problem.Unprocessable.class,
                        () -> one.decode(Arrays.copyOf(one.encoded(), length)));
            }
        }
        Case grey = cases.get(2);
        refused(
                "native",
                Problem.Unprocessable.class,
                () -> FrameDecoder.decode(new byte[524_287], grey.format(), TransferSyntax.EXPLICIT_LITTLE_ENDIAN, 0));
    }

    @Test
    void brokenFramesAreRefusedOrDecodedButNeverCrash() {
        Random random = new Random(4);
        for (Case one : cases) {
            int decoded = 0;
            for (int i = 0; i < 80; i++) {
                byte[] broken = one.encoded().clone();
                // By turns in the header, where the decoder is steered from, and everywhere.
                int reach = i % 2 == 0 ? Math.min(broken.length, 250) : broken.length;
                for (int k = 0; k <= random.nextInt(4); k++) {
                    broken[random.nextInt(reach)] = (byte) random.nextInt();
                }
                try {
                    Frame frame = one.decode(broken);
                    assertThat(frame.cells().length())
                            .isEqualTo((int) one.format().samplesPerFrame());
                    decoded++;
                } catch (ProblemException e) {
                    assertThat(e.problem()).isNotInstanceOf(Problem.Busy.class);
                }
            }
            assertThat(decoded).as(one.name()).isLessThan(80);
        }
    }

    @Test
    void jpeg2000OfMorePartsThanAnImageNeedsIsRefused() {
        byte[] tiles = cases.get(5).encoded().clone();
        // Tiles of one pixel each (XTsiz, YTsiz).
        ByteBuffer.wrap(tiles).putInt(24, 1).putInt(28, 1);
        refused("tiles", Problem.TooCostly.class, () -> cases.get(5).decode(tiles));
        byte[] layers = cases.get(5).encoded().clone();
        int style = 0;
        while (layers[style] != -1 || layers[style + 1] != 0x52) {
            style++;
        }
        // Precincts of one pixel, which need no more bytes when the segment that follows is read as their sizes.
        layers[style + 4] |= 1;
        refused("precincts", Problem.class, () -> cases.get(5).decode(layers));
    }

    @Test
    void whatIsNotDecodedHereIsNotAcceptable() {
        PixelFormat format = cases.getFirst().format();
        for (String uid :
                new String[] {"1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.102", "1.2.840.10008.1.2.4.55", "1.2.3"
                }) {
            refused(
                    uid,
                    Problem.NotAcceptable.class,
                    () -> FrameDecoder.decode(cases.getFirst().encoded(), format, new TransferSyntax(uid), 0));
        }
        byte[] progressive = cases.getFirst().encoded().clone();
        progressive[frameHeader(progressive) + 1] = (byte) 0xC2;
        refused("progressive", Problem.NotAcceptable.class, () -> cases.getFirst()
                .decode(progressive));
    }

    private static void refused(String name, Class<? extends Problem> problem, Runnable work) {
        assertThatThrownBy(work::run).as(name).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem()).as(name).isInstanceOf(problem);
            assertThat(e.problem().faults().getFirst().expression()).isEqualTo(Tag.text(Tag.PixelData));
        });
    }
}

package org.countyhub.bench.imaging;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.countyhub.bench.dicom.Attributes;
import org.countyhub.bench.dicom.CharacterSet;
import org.countyhub.bench.dicom.Instance;
import org.countyhub.bench.dicom.PixelData;
import org.countyhub.bench.dicom.Tag;
import org.countyhub.bench.dicom.Uid;

/**
 * A slide as scanners store it (PS3.3 A.32.8): an instance for each level, each four times coarser than the one before, of tiles in the order
 * of TILED_FULL. Tiles are JPEGs of stained tissue; there are some different ones, again and again.
 */
final class SlideStudy {
    private static final int TILE = 512;
    private static final int DIFFERENT = 12;
    private static final int COARSER = 4;
    /** Millimetres between pixels of the finest level: a lens of 40 times. */
    private static final double SPACING = 0.00025;

    private SlideStudy() {}

    /**
     * The instances, the finest level first, down to one that a screen shows whole.
     *
     * @param across tiles of the finest level in a row
     * @param down rows of tiles of the finest level
     */
    static List<Instance> of(StudyHeader header, int across, int down) {
        List<byte[]> tiles = tiles();
        List<Instance> levels = new ArrayList<>();
        int columns = across * TILE;
        int rows = down * TILE;
        double spacing = SPACING;
        do {
            levels.add(level(header, levels.size(), columns, rows, spacing, tiles));
            columns = Math.ceilDiv(columns, COARSER);
            rows = Math.ceilDiv(rows, COARSER);
            spacing *= COARSER;
        } while (Math.max(columns, rows) >= TILE);
        return levels;
    }

    private static Instance level(
            StudyHeader header, int number, int columns, int rows, double spacing, List<byte[]> tiles) {
        int frames = Math.ceilDiv(columns, TILE) * Math.ceilDiv(rows, TILE);
        String between = "%.6f\\%.6f".formatted(spacing, spacing);
        Attributes attributes = header.instance(1, number + 1)
                .text(
                        0x0008_0008,
                        "CS",
                        number == 0 ? "ORIGINAL\\PRIMARY\\VOLUME\\NONE" : "DERIVED\\PRIMARY\\VOLUME\\RESAMPLED")
                .text(Tag.NumberOfFrames, "IS", Integer.toString(frames))
                .number(0x0048_0006, "UL", columns)
                .number(0x0048_0007, "UL", rows)
                .text(0x0020_9311, "CS", "TILED_FULL")
                .text(0x0048_0010, "CS", "BRIGHTFIELD")
                .items(
                        0x5200_9229,
                        new Attributes().items(0x0028_9110, new Attributes().text(Tag.PixelSpacing, "DS", between)))
                .items(
                        0x0048_0105,
                        new Attributes().text(0x0048_0106, "SH", "1").text(0x0048_0112, "DS", "40"))
                .number(0x0048_0302, "UL", 1)
                .number(Tag.SamplesPerPixel, "US", 3)
                .text(Tag.PhotometricInterpretation, "CS", "YBR_FULL_422")
                .number(0x0028_0006, "US", 0)
                .number(Tag.Rows, "US", TILE)
                .number(Tag.Columns, "US", TILE)
                .number(Tag.BitsAllocated, "US", 8)
                .number(Tag.BitsStored, "US", 8)
                .number(Tag.HighBit, "US", 7)
                .number(Tag.PixelRepresentation, "US", 0)
                .text(0x0028_2110, "CS", "01")
                .text(0x0028_2112, "DS", "20")
                .text(0x0028_2114, "CS", "ISO_10918_1");
        return Instance.of(
                attributes,
                CharacterSet.UTF_8,
                Studies.uids(header, number, Uid.VL_WHOLE_SLIDE_MICROSCOPY),
                Uid.JPEG_BASELINE,
                Optional.of(new PixelData.Encapsulated(IntStream.range(0, frames)
                        .mapToObj(i -> tiles.get(i * 7 % DIFFERENT))
                        .toList())));
    }

    private static List<byte[]> tiles() {
        SplittableRandom random = new SplittableRandom(40);
        List<byte[]> tiles = new ArrayList<>();
        for (int i = 0; i < DIFFERENT; i++) {
            tiles.add(even(Jpeg.of(tissue(random.split()))));
        }
        return tiles;
    }

    /** Once, so that tiles that are the same share their bytes. */
    private static byte[] even(byte[] bytes) {
        return java.util.Arrays.copyOf(bytes, bytes.length + (bytes.length & 1));
    }

    /** Pink with a grain, and dark blue nuclei in it. */
    private static BufferedImage tissue(SplittableRandom random) {
        BufferedImage image = new BufferedImage(TILE, TILE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < TILE; y++) {
            for (int x = 0; x < TILE; x++) {
                int grain = random.nextInt(24);
                image.setRGB(x, y, 0xD796BE + 0x010101 * grain);
            }
        }
        for (int i = 0; i < 150; i++) {
            nucleus(image, random.nextInt(TILE), random.nextInt(TILE), 4 + random.nextInt(8));
        }
        return image;
    }

    private static void nucleus(BufferedImage image, int column, int row, int radius) {
        for (int y = Math.max(0, row - radius); y < Math.min(TILE, row + radius); y++) {
            for (int x = Math.max(0, column - radius); x < Math.min(TILE, column + radius); x++) {
                if (Math.hypot(x - column, y - row) < radius) {
                    image.setRGB(x, y, 0x5A4090);
                }
            }
        }
    }
}

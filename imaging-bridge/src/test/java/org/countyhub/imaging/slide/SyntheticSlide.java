package org.countyhub.imaging.slide;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.countyhub.imaging.JdkImages;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetWriter;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Vr;

/**
 * A slide whose colours tell where they are: eight by eight fields, red by column and green by row as {@link #field} says, and blue by level. So a
 * test can look at any place of a picture and know which tile of which level was drawn there.
 *
 * @param sparse whether frames are shuffled and say where they are; else they are in the order of tiles
 * @param jpeg whether tiles are JPEGs as scanners make them; else they are RGB as it is
 * @param series its UID, below which the instances have theirs
 */
public record SyntheticSlide(
        boolean sparse, boolean jpeg, String study, String series, int columns, int rows, int tile) {
    public static final int FIELDS = 8;
    /** Blue of levels, the finest first. */
    public static final List<Integer> BLUE = List.of(210, 140, 70);
    /** How much coarser levels are than the finest. */
    public static final List<Integer> COARSER = List.of(1, 4, 16);

    /** Millimetres between pixels of the finest level: a lens of 40 times. */
    public static final double SPACING = 0.00025;

    private static final TransferSyntax JPEG = new TransferSyntax("1.2.840.10008.1.2.4.50");

    /** Red or green of a field. */
    public static int field(int number) {
        return 30 + 28 * number;
    }

    public String instance(int level) {
        return series + "." + (level + 1);
    }

    public String label() {
        return series + ".8";
    }

    public String overview() {
        return series + ".9";
    }

    /** The header of a level, without pixels, and what else tests set in it. */
    public Dataset.Builder header(int level) {
        int coarser = COARSER.get(level);
        Grid grid = new Grid(Math.ceilDiv(columns, coarser), Math.ceilDiv(rows, coarser), tile, tile);
        List<Integer> order = order(level, grid.tiles());
        Dataset.Builder header = common(instance(level), "VOLUME", grid.tiles(), tile, tile)
                .set(whole(Tag.TotalPixelMatrixColumns, grid.totalColumns()))
                .set(whole(Tag.TotalPixelMatrixRows, grid.totalRows()))
                .set(Tag.DimensionOrganizationType, Vr.CS, sparse ? "TILED_SPARSE" : "TILED_FULL")
                .set(
                        Tag.SharedFunctionalGroupsSequence,
                        List.of(Dataset.builder()
                                .set(
                                        Tag.PixelMeasuresSequence,
                                        List.of(Dataset.builder()
                                                .set(
                                                        Tag.PixelSpacing,
                                                        Vr.DS,
                                                        decimal(SPACING * coarser),
                                                        decimal(SPACING * coarser))
                                                .build()))
                                .build()))
                .set(
                        Tag.OpticalPathSequence,
                        List.of(Dataset.builder()
                                .set(Tag.OpticalPathIdentifier, Vr.SH, "1")
                                .set(Tag.ObjectiveLensPower, Vr.DS, "40")
                                .build()));
        if (sparse) {
            header.set(
                    Tag.PerFrameFunctionalGroupsSequence,
                    order.stream()
                            .map(number ->
                                    at(number % grid.across() * tile + 1, number / grid.across() * tile + 1, "0.0"))
                            .toList());
        }
        return header;
    }

    /** The functional groups of a frame that says where it is. */
    public static Dataset at(int column, int row, String z) {
        return Dataset.builder()
                .set(
                        Tag.PlanePositionSlideSequence,
                        List.of(Dataset.builder()
                                .set(Tag.ZOffsetInSlideCoordinateSystem, Vr.DS, z)
                                .set(whole(Tag.ColumnPositionInTotalImagePixelMatrix, Vr.SL, column))
                                .set(whole(Tag.RowPositionInTotalImagePixelMatrix, Vr.SL, row))
                                .build()))
                .build();
    }

    /** A number of 32 bits without sign. */
    public static Element whole(int tag, long value) {
        return whole(tag, Vr.UL, value);
    }

    private static Element whole(int tag, Vr vr, long value) {
        return new Element.Bytes(
                tag,
                vr,
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt((int) value)
                        .array());
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }

    /** Which tile each frame shows. */
    public List<Integer> order(int level, int tiles) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < tiles; i++) {
            order.add(i);
        }
        if (sparse) {
            Collections.shuffle(order, new Random(level));
        }
        return order;
    }

    private Dataset.Builder common(String instance, String flavor, int frames, int width, int height) {
        return Dataset.builder()
                .set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192")
                .set(Tag.ImageType, Vr.CS, "ORIGINAL", "PRIMARY", flavor, "NONE")
                .set(Tag.SOPClassUID, Vr.UI, SlideImage.SOP_CLASS)
                .set(Tag.SOPInstanceUID, Vr.UI, instance)
                .set(Tag.StudyInstanceUID, Vr.UI, study)
                .set(Tag.StudyDate, Vr.DA, "20240318")
                .set(Tag.StudyDescription, Vr.LO, "胃窦活检 HE")
                .set(Tag.SeriesInstanceUID, Vr.UI, series)
                .set(Tag.PatientID, Vr.LO, "P1")
                .set(Tag.PatientName, Vr.PN, "Zhang^San=张^三")
                .set(Tag.Modality, Vr.CS, "SM")
                .set(Tag.SamplesPerPixel, 3)
                .set(Tag.PhotometricInterpretation, Vr.CS, jpeg ? "YBR_FULL_422" : "RGB")
                .set(Tag.PlanarConfiguration, 0)
                .set(Tag.NumberOfFrames, Vr.IS, Integer.toString(frames))
                .set(Tag.Rows, height)
                .set(Tag.Columns, width)
                .set(Tag.BitsAllocated, 8)
                .set(Tag.BitsStored, 8)
                .set(Tag.HighBit, 7)
                .set(Tag.PixelRepresentation, 0);
    }

    /** All files of the slide: its levels, the finest first, the label and the overview. */
    public List<byte[]> files() {
        List<byte[]> files = new ArrayList<>();
        for (int level = 0; level < COARSER.size(); level++) {
            files.add(level(level));
        }
        files.add(file(common(label(), "LABEL", 1, 320, 240).build(), List.of(plain(320, 240, 0xFFF6E8B0))));
        files.add(file(common(overview(), "OVERVIEW", 1, 600, 200).build(), List.of(plain(600, 200, 0xFFD8E4F0))));
        return files;
    }

    /** The file of one level. */
    public byte[] level(int level) {
        Dataset header = header(level).build();
        Grid grid = Grid.of(header);
        return file(
                header,
                order(level, grid.tiles()).stream()
                        .map(number -> tile(grid, level, number % grid.across(), number / grid.across()))
                        .toList());
    }

    private BufferedImage tile(Grid grid, int level, int column, int row) {
        BufferedImage image = new BufferedImage(tile, tile, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < tile; y++) {
            int green = field(FIELDS * Math.min(row * tile + y, grid.totalRows() - 1) / grid.totalRows());
            for (int x = 0; x < tile; x++) {
                int red = field(FIELDS * Math.min(column * tile + x, grid.totalColumns() - 1) / grid.totalColumns());
                boolean beyond = column * tile + x >= grid.totalColumns() || row * tile + y >= grid.totalRows();
                image.setRGB(x, y, beyond ? 0 : red << 16 | green << 8 | BLUE.get(level));
            }
        }
        return image;
    }

    private static BufferedImage plain(int width, int height, int colour) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, colour);
            }
        }
        return image;
    }

    private byte[] file(Dataset header, List<BufferedImage> tiles) {
        try {
            TransferSyntax syntax = jpeg ? JPEG : TransferSyntax.EXPLICIT_LITTLE_ENDIAN;
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(Part10.header(
                    new Part10.FileMeta(syntax, SlideImage.SOP_CLASS, header.string(Tag.SOPInstanceUID, "")), "TEST"));
            DatasetWriter.write(header, out, TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
            if (jpeg) {
                fragments(tiles, out);
            } else {
                ByteArrayOutputStream pixels = new ByteArrayOutputStream();
                tiles.forEach(tile -> pixels.writeBytes(samples(tile)));
                element(out, Vr.OB, pixels.size());
                pixels.writeTo(out);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PS3.5 section A.4: an offset table that is empty, and a fragment for each frame. */
    private static void fragments(List<BufferedImage> tiles, ByteArrayOutputStream out) throws IOException {
        element(out, Vr.OB, -1);
        item(out, 0xE000, 0);
        for (BufferedImage tile : tiles) {
            byte[] jpeg = JdkImages.write("jpeg", tile);
            item(out, 0xE000, jpeg.length + jpeg.length % 2);
            out.write(jpeg);
            if (jpeg.length % 2 == 1) {
                out.write(0);
            }
        }
        item(out, 0xE0DD, 0);
    }

    private static void element(ByteArrayOutputStream out, Vr vr, int length) {
        out.writeBytes(ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) Tag.group(Tag.PixelData))
                .putShort((short) Tag.element(Tag.PixelData))
                .put((byte) vr.name().charAt(0))
                .put((byte) vr.name().charAt(1))
                .putShort((short) 0)
                .putInt(length)
                .array());
    }

    private static void item(ByteArrayOutputStream out, int element, int length) {
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0xFFFE)
                .putShort((short) element)
                .putInt(length)
                .array());
    }

    private static byte[] samples(BufferedImage tile) {
        byte[] samples = new byte[3 * tile.getWidth() * tile.getHeight()];
        int at = 0;
        for (int y = 0; y < tile.getHeight(); y++) {
            for (int x = 0; x < tile.getWidth(); x++) {
                int colour = tile.getRGB(x, y);
                samples[at++] = (byte) (colour >> 16);
                samples[at++] = (byte) (colour >> 8);
                samples[at++] = (byte) colour;
            }
        }
        return samples;
    }
}

package org.countyhub.bench.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.countyhub.bench.dicom.Attributes;
import org.countyhub.bench.dicom.CharacterSet;
import org.countyhub.bench.dicom.Instance;
import org.countyhub.bench.dicom.PixelData;
import org.countyhub.bench.dicom.Tag;
import org.countyhub.bench.dicom.Uid;

/** A loop of a beating heart as ultrasound shows it: a sector of speckle with a dark chamber that opens and closes. */
public final class UltrasoundLoop {
    private static final int COLUMNS = 640;
    private static final int ROWS = 480;
    private static final int FRAMES_A_BEAT = 24;
    private static final int SPECKLE = 1 << 16;
    private static final double HALF_ANGLE = Math.toRadians(42);

    private UltrasoundLoop() {}

    /** One instance of grey JPEG frames. */
    public static Instance instance(StudyHeader header, int frames, long seed) {
        Attributes attributes = header.instance(1, 1)
                .text(0x0008_0008, "CS", "ORIGINAL\\PRIMARY\\CARDIAC")
                .text(Tag.NumberOfFrames, "IS", Integer.toString(frames))
                .text(0x0018_1063, "DS", "33.3")
                .text(0x0018_0040, "IS", "30")
                .bytes(0x0028_0009, "AT", new byte[] {0x18, 0, 0x63, 0x10})
                .number(Tag.SamplesPerPixel, "US", 1)
                .text(Tag.PhotometricInterpretation, "CS", "MONOCHROME2")
                .number(Tag.Rows, "US", ROWS)
                .number(Tag.Columns, "US", COLUMNS)
                .number(Tag.BitsAllocated, "US", 8)
                .number(Tag.BitsStored, "US", 8)
                .number(Tag.HighBit, "US", 7)
                .number(Tag.PixelRepresentation, "US", 0)
                .text(0x0028_0301, "CS", "NO")
                .text(0x0028_2110, "CS", "01")
                .text(0x0028_2112, "DS", "12")
                .text(0x0028_2114, "CS", "ISO_10918_1");
        return Instance.of(
                attributes,
                CharacterSet.UTF_8,
                Studies.uids(header, 0, Uid.US_MULTI_FRAME),
                Uid.JPEG_BASELINE,
                Optional.of(new PixelData.Encapsulated(frames(frames, seed))));
    }

    private static List<byte[]> frames(int count, long seed) {
        byte[] speckle = new byte[SPECKLE];
        new SplittableRandom(seed).nextBytes(speckle);
        List<byte[]> frames = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            frames.add(Jpeg.of(frame(i, speckle)));
        }
        return frames;
    }

    private static BufferedImage frame(int number, byte[] speckle) {
        BufferedImage image = new BufferedImage(COLUMNS, ROWS, BufferedImage.TYPE_BYTE_GRAY);
        WritableRaster raster = image.getRaster();
        int[] line = new int[COLUMNS];
        double opening = 0.75 + 0.25 * Math.cos(2 * Math.PI * number / FRAMES_A_BEAT);
        for (int y = 0; y < ROWS; y++) {
            for (int x = 0; x < COLUMNS; x++) {
                int noise = speckle[(y * 331 + x * 17 + number * 7919) & (SPECKLE - 1)] & 0xFF;
                line[x] = brightness(x - COLUMNS / 2.0, y, opening, noise);
            }
            raster.setPixels(0, y, COLUMNS, 1, line);
        }
        return image;
    }

    /** Tissue echoes, walls echo more, blood hardly at all; nothing outside of the sector. */
    private static int brightness(double x, double y, double opening, int noise) {
        double depth = Math.hypot(x, y);
        if (depth < 20 || depth > ROWS - 10 || Math.abs(Math.atan2(x, y)) > HALF_ANGLE) {
            return 0;
        }
        double chamber = Math.hypot((x + 30) / (70 * opening), (y - 270) / (120 * opening));
        double second = Math.hypot((x - 75) / (38 * opening), (y - 260) / (85 * opening));
        double nearest = Math.min(chamber, second);
        int echo = nearest < 1 ? 8 : nearest < 1.15 ? 190 : 90;
        return Math.min(255, echo * (64 + noise) / 256);
    }
}

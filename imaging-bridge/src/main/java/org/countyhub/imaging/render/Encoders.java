package org.countyhub.imaging.render;

import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.countyhub.kernel.Problem;

/** Files of pictures: the rendered media types of PS3.18 section 8.7.4 that browsers show. */
public final class Encoders {
    private static final String JDK_WRITERS = "com.sun.imageio.plugins.";

    private Encoders() {}

    /**
     * {@code image/jpeg}.
     *
     * @param quality 1 to 100, as in the parameter {@code quality} (PS3.18 section 8.3.5.1.2)
     */
    public static byte[] jpeg(Picture picture, int quality) {
        if (quality < 1 || quality > 100) {
            throw Problem.badSearch("quality", "a number of 1 to 100");
        }
        ImageWriter writer = writer("jpeg");
        try {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality / 100f);
            return write(writer, picture, param);
        } finally {
            writer.dispose();
        }
    }

    /** {@code image/png}, without loss. */
    public static byte[] png(Picture picture) {
        ImageWriter writer = writer("png");
        try {
            return write(writer, picture, writer.getDefaultWriteParam());
        } finally {
            writer.dispose();
        }
    }

    /**
     * {@code image/gif}, which moves when there are several pictures, again and again.
     *
     * @param pictures of one size
     * @param frameMillis how long each is shown
     */
    public static byte[] gif(List<Picture> pictures, double frameMillis) {
        ImageWriter writer = writer("gif");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(null);
            for (Picture picture : pictures) {
                BufferedImage image = image(picture);
                IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
                writer.writeToSequence(
                        new IIOImage(image, null, timed(metadata, frameMillis)), writer.getDefaultWriteParam());
            }
            writer.endWriteSequence();
            stream.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** GIF counts in hundredths of a second; repetition is Netscape's application extension, which all browsers know. */
    private static IIOMetadata timed(IIOMetadata metadata, double frameMillis) throws IOException {
        String format = metadata.getNativeMetadataFormatName();
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(format);
        IIOMetadataNode control = (IIOMetadataNode)
                root.getElementsByTagName("GraphicControlExtension").item(0);
        control.setAttribute("delayTime", String.valueOf(Math.clamp(Math.round(frameMillis / 10), 1, 0xFFFF)));
        IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
        IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
        loop.setAttribute("applicationID", "NETSCAPE");
        loop.setAttribute("authenticationCode", "2.0");
        loop.setUserObject(new byte[] {1, 0, 0});
        extensions.appendChild(loop);
        root.appendChild(extensions);
        metadata.setFromTree(format, root);
        return metadata;
    }

    private static byte[] write(ImageWriter writer, Picture picture, ImageWriteParam param) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(picture.samples().length / 4 + 1024);
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image(picture), null, null), param);
            stream.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The JDK's own: other libraries on the class path offer writers for the same formats, with other files as a result. */
    private static ImageWriter writer(String format) {
        for (Iterator<ImageWriter> all = ImageIO.getImageWritersByFormatName(format); all.hasNext(); ) {
            ImageWriter writer = all.next();
            if (writer.getClass().getName().startsWith(JDK_WRITERS)) {
                return writer;
            }
        }
        throw new IllegalStateException("the JDK has no writer for " + format);
    }

    /** Around the samples of a picture, which are not copied. */
    private static BufferedImage image(Picture picture) {
        int channels = picture.channels();
        int[] offsets = channels == 1 ? new int[] {0} : new int[] {0, 1, 2};
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(picture.samples(), picture.samples().length),
                picture.width(),
                picture.height(),
                picture.width() * channels,
                channels,
                offsets,
                new Point(0, 0));
        if (channels == 1) {
            // BufferedImage's own grey type: a grey ComponentColorModel of another colour space would be converted
            // pixel by pixel.
            BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_BYTE_GRAY);
            image.setData(raster);
            return image;
        }
        ComponentColorModel colors = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                false,
                false,
                ComponentColorModel.OPAQUE,
                DataBuffer.TYPE_BYTE);
        return new BufferedImage(colors, raster, false, null);
    }
}

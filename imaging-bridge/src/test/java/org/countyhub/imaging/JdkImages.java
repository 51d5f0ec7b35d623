package org.countyhub.imaging;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Pictures by the JDK's own readers and writers. The codecs of compressed frames offer themselves for the same formats, and which ones ImageIO
 * takes changes with what has been loaded before.
 */
public final class JdkImages {
    private JdkImages() {}

    private static <T> T own(Iterator<T> all) {
        return Stream.iterate(all, Iterator::hasNext, same -> same)
                .map(Iterator::next)
                .filter(one -> one.getClass().getName().startsWith("com.sun.imageio.plugins."))
                .findFirst()
                .orElseThrow();
    }

    /** @param format such as jpeg or png */
    public static ImageReader reader(String format) {
        return own(ImageIO.getImageReadersByFormatName(format));
    }

    public static BufferedImage read(String format, byte[] file) {
        ImageReader reader = reader(format);
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in);
            return reader.read(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            reader.dispose();
        }
    }

    public static byte[] write(String format, BufferedImage image) {
        ImageWriter writer = own(ImageIO.getImageWritersByFormatName(format));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            writer.setOutput(out);
            writer.write(image);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }
}

package org.countyhub.imaging.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.countyhub.imaging.JdkImages;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;

/** Files of pictures, read back. */
class EncodersTest {
    private static Picture gradient(int channels, int shift) {
        byte[] samples = new byte[64 * 48 * channels];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i / channels % 64 * 3 + 20 * (i % channels) + shift);
        }
        return new Picture(64, 48, channels, samples);
    }

    private static int difference(Picture picture, BufferedImage image) {
        assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(picture.width(), picture.height());
        int[] read = image.getRaster().getPixels(0, 0, picture.width(), picture.height(), (int[]) null);
        assertThat(read).hasSameSizeAs(picture.samples());
        int greatest = 0;
        for (int i = 0; i < read.length; i++) {
            greatest = Math.max(greatest, Math.abs(read[i] - (picture.samples()[i] & 0xFF)));
        }
        return greatest;
    }

    @Test
    void pngLosesNothing() throws IOException {
        for (int channels : new int[] {1, 3}) {
            byte[] png = Encoders.png(gradient(channels, 0));
            assertThat(png).startsWith(0x89, 'P', 'N', 'G');
            assertThat(difference(gradient(channels, 0), JdkImages.read("png", png)))
                    .isZero();
        }
    }

    @Test
    void jpegIsTheCloserTheHigherItsQuality() throws IOException {
        for (int channels : new int[] {1, 3}) {
            byte[] fine = Encoders.jpeg(gradient(channels, 0), 95);
            byte[] coarse = Encoders.jpeg(gradient(channels, 0), 10);
            assertThat(fine).startsWith(0xFF, 0xD8, 0xFF).hasSizeGreaterThan(coarse.length);
            assertThat(difference(gradient(channels, 0), JdkImages.read("jpeg", fine)))
                    .isLessThan(16);
        }
        assertThatThrownBy(() -> Encoders.jpeg(gradient(1, 0), 0)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Encoders.jpeg(gradient(1, 0), 101)).isInstanceOf(ProblemException.class);
    }

    @Test
    void gifHasAPictureForEachFrame() throws IOException {
        byte[] gif = Encoders.gif(List.of(gradient(1, 0), gradient(1, 30), gradient(1, 60)), 40);
        ImageReader reader = JdkImages.reader("gif");
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(gif))) {
            reader.setInput(in);
            assertThat(reader.getNumImages(true)).isEqualTo(3);
            for (int i = 0; i < 3; i++) {
                BufferedImage image = reader.read(i);
                assertThat(image.getRGB(5, 5) & 0xFF).isEqualTo(15 + 30 * i);
            }
        } finally {
            reader.dispose();
        }
    }
}

package org.countyhub.imaging.render;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Raw PGM and PPM files of eight bits, as DCMTK writes pictures. */
final class Pnm {
    private Pnm() {}

    static Picture read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String[] header =
                    new String(bytes, 0, Math.min(100, bytes.length), StandardCharsets.ISO_8859_1).split("\\s+", 5);
            int channels = header[0].equals("P6") ? 3 : 1;
            int width = Integer.parseInt(header[1]);
            int height = Integer.parseInt(header[2]);
            if (!(header[0].equals("P5") || channels == 3) || !header[3].equals("255")) {
                throw new IllegalStateException("not raw, or not of eight bits");
            }
            int length = width * height * channels;
            return new Picture(width, height, channels, Arrays.copyOfRange(bytes, bytes.length - length, bytes.length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The greatest difference of two samples; impossible pictures to compare differ by 1000. */
    static int difference(Picture one, Picture other) {
        if (one.width() != other.width() || one.height() != other.height() || one.channels() != other.channels()) {
            return 1000;
        }
        int greatest = 0;
        for (int i = 0; i < one.samples().length; i++) {
            greatest = Math.max(greatest, Math.abs((one.samples()[i] & 0xFF) - (other.samples()[i] & 0xFF)));
        }
        return greatest;
    }
}

package org.countyhub.imaging.filmweb;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** A QR code (ISO/IEC 18004) of a text, with error correction for a quarter of it, as it is printed on a receipt. */
final class QrCode {
    /** Modules of white around it, which readers need. */
    private static final int QUIET = 4;

    private static final int PIXELS_A_MODULE = 8;

    private final io.nayuki.qrcodegen.QrCode code;

    QrCode(String text) {
        code = io.nayuki.qrcodegen.QrCode.encodeText(text, io.nayuki.qrcodegen.QrCode.Ecc.QUARTILE);
    }

    private int side() {
        return code.size + 2 * QUIET;
    }

    String svg() {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M')
                            .append(x + QUIET)
                            .append(' ')
                            .append(y + QUIET)
                            .append("h1v1h-1z");
                }
            }
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges">\
                <path fill="#fff" d="M0 0h%1$dv%1$dH0z"/><path d="%2$s"/></svg>""".formatted(side(), path);
    }

    /** As a data URL (RFC 2397). */
    String png() {
        BufferedImage image =
                new BufferedImage(side() * PIXELS_A_MODULE, side() * PIXELS_A_MODULE, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                boolean dark = code.getModule(x / PIXELS_A_MODULE - QUIET, y / PIXELS_A_MODULE - QUIET);
                image.setRGB(x, y, dark ? 0 : 0xFFFFFF);
            }
        }
        try {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(image, "png", png);
            return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

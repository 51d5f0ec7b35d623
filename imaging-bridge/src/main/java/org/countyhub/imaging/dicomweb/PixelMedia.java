package org.countyhub.imaging.dicomweb;

import java.util.List;
import java.util.Set;
import org.countyhub.imaging.dicom.TransferSyntax;

/** Media types of frames as they are kept (PS3.18 tables 8.7.3-2 and 8.7.3-5). */
final class PixelMedia {
    private static final String JPEG_FAMILY = "1.2.840.10008.1.2.4.";
    private static final Set<String> DECODED = Set.of("50", "51", "57", "70", "80", "81", "90", "91");

    private static final Set<String> LOSSY = Set.of("50", "51", "81", "91");

    private PixelMedia() {}

    /** The media types that a compressed transfer syntax goes by, today's first and then what it was called in earlier editions. */
    static List<String> of(TransferSyntax syntax) {
        if (syntax.equals(TransferSyntax.RLE_LOSSLESS)) {
            return List.of("image/dicom-rle", "image/x-dicom-rle");
        }
        return switch (suffix(syntax)) {
            case "50", "51", "57", "70" -> List.of("image/jpeg");
            case "80", "81" -> List.of("image/jls", "image/x-jls");
            case "90", "91" -> List.of("image/jp2", "image/j2c");
            case "92", "93" -> List.of("image/jpx");
            case "201", "202", "203" -> List.of("image/jphc");
            case "110", "111", "112" -> List.of("image/jxl");
            default -> List.of(Accepted.OCTETS);
        };
    }

    /** Whether frames can be given as they were before compression. */
    static boolean isDecoded(TransferSyntax syntax) {
        return syntax.isNative() || syntax.equals(TransferSyntax.RLE_LOSSLESS) || DECODED.contains(suffix(syntax));
    }

    /** Whether decoding gives other pixels than there were before compression, or may do so. */
    static boolean isLossy(TransferSyntax syntax) {
        return LOSSY.contains(suffix(syntax));
    }

    private static String suffix(TransferSyntax syntax) {
        return syntax.uid().startsWith(JPEG_FAMILY) ? syntax.uid().substring(JPEG_FAMILY.length()) : "";
    }
}

package org.countyhub.imaging.dicom.codec;

import org.countyhub.imaging.dicom.TransferSyntax;

/** The codecs of transfer syntaxes (PS3.5 section 10, PS3.6 annex A). */
enum Family {
    NATIVE,
    RLE,
    /** Sequential Huffman, lossy or lossless (ITU-T T.81). */
    JPEG,
    JPEG_LS,
    JPEG_2000,
    /** High-throughput JPEG 2000: its frames are found like those of JPEG 2000; it is not decoded here. */
    HTJ2K,
    VIDEO,
    OTHER;

    private static final String JPEG_FAMILY = "1.2.840.10008.1.2.4.";

    static Family of(TransferSyntax syntax) {
        if (syntax.isNative()) {
            return NATIVE;
        }
        if (syntax.equals(TransferSyntax.RLE_LOSSLESS)) {
            return RLE;
        }
        if (!syntax.uid().startsWith(JPEG_FAMILY)) {
            return OTHER;
        }
        String suffix = syntax.uid().substring(JPEG_FAMILY.length());
        return switch (suffix) {
            case "50", "51", "57", "70" -> JPEG;
            case "80", "81" -> JPEG_LS;
            case "90", "91" -> JPEG_2000;
            case "201", "202", "203" -> HTJ2K;
            default -> (suffix.length() == 3 && suffix.startsWith("10")) || suffix.contains(".") ? VIDEO : OTHER;
        };
    }
}

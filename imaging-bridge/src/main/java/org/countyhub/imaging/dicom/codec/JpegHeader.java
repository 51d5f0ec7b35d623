package org.countyhub.imaging.dicom.codec;

import java.util.Arrays;
import org.countyhub.imaging.dicom.codec.Codestream.ColorTransform;
import org.jspecify.annotations.Nullable;

/**
 * Walks the markers of a JPEG or JPEG-LS codestream to its end before a native decoder sees it (ITU-T T.81 annex B, T.87 annex C): one frame header of a
 * sequential process, no more scans than components, nothing that reaches beyond the bytes, and an end.
 */
final class JpegHeader {
    private static final int SOF0 = 0xC0;
    private static final int SOF1 = 0xC1;
    private static final int SOF3 = 0xC3;
    private static final int DHT = 0xC4;
    private static final int JPG = 0xC8;
    private static final int DAC = 0xCC;
    private static final int SOF15 = 0xCF;
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP0 = 0xE0;
    private static final int APP14 = 0xEE;
    private static final int SOF55 = 0xF7;

    private final byte[] bytes;
    private final PixelFormat format;
    private final boolean isLs;
    private int at = 2;
    private int process;
    private int scans;
    private boolean isJfif;
    private int adobeTransform = -1;
    private boolean isSubsampled;
    private boolean isNamedRgb;
    private @Nullable Codestream header;

    private JpegHeader(byte[] bytes, PixelFormat format, boolean isLs) {
        this.bytes = bytes;
        this.format = format;
        this.isLs = isLs;
    }

    /** What a checked codestream says. */
    static Codestream check(byte[] bytes, PixelFormat format, boolean isLs) {
        if (bytes.length < 4 || word(bytes, 0) != (0xFF00 | SOI)) {
            throw Wrong.pixels("the frame does not start like a JPEG image");
        }
        return new JpegHeader(bytes, format, isLs).walk();
    }

    private Codestream walk() {
        for (int marker = marker(); marker != EOI; marker = marker()) {
            int length = at + 2 <= bytes.length ? word(bytes, at) : 0;
            if (length < 2 || at + length > bytes.length) {
                throw Wrong.pixels("the frame ends within the JPEG segment %02X".formatted(marker));
            }
            segment(marker, at + 2, length - 2);
            at += length;
            if (marker == SOS) {
                skipScan();
            }
        }
        if (header == null || scans == 0) {
            throw Wrong.pixels("the JPEG image has no pixels");
        }
        return new Codestream(
                header.width(),
                header.height(),
                header.components(),
                header.bits(),
                false,
                isLs && scans > 1,
                transform(header.components()));
    }

    private int marker() {
        if (at + 1 >= bytes.length) {
            throw Wrong.pixels("the frame ends before the end of its image");
        }
        if ((bytes[at] & 0xFF) != 0xFF) {
            throw Wrong.pixels("no JPEG marker at byte %d of the frame".formatted(at));
        }
        while (at < bytes.length && (bytes[at] & 0xFF) == 0xFF) {
            at++;
        }
        if (at == bytes.length) {
            throw Wrong.pixels("the frame ends before the end of its image");
        }
        return bytes[at++] & 0xFF;
    }

    private void segment(int marker, int from, int length) {
        switch (marker) {
            case APP0 -> isJfif |= Codestream.startsWith(slice(from, Math.min(length, 5)), 'J', 'F', 'I', 'F', 0);
            case APP14 -> {
                if (length >= 12 && Codestream.startsWith(slice(from, 5), 'A', 'd', 'o', 'b', 'e')) {
                    adobeTransform = bytes[from + 11] & 0xFF;
                }
            }
            case SOS -> {
                scans++;
                if (header == null || length < 1 || bytes[from] > header.components() || scans > header.components()) {
                    throw Wrong.pixels("a JPEG scan that does not belong to the image");
                }
            }
            default -> {
                boolean isFrameHeader = marker == SOF55
                        || (marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC);
                if (isFrameHeader) {
                    frameHeader(marker, from, length);
                } else if (marker < DHT || marker == SOI) {
                    throw Wrong.pixels("a JPEG marker %02X that cannot be here".formatted(marker));
                }
            }
        }
    }

    private byte[] slice(int from, int length) {
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    private void frameHeader(int marker, int from, int length) {
        boolean known = isLs ? marker == SOF55 : marker == SOF0 || marker == SOF1 || marker == SOF3;
        if (!known) {
            throw Wrong.notDecoded("the JPEG process %02X is not decoded in this transfer syntax".formatted(marker));
        }
        if (header != null || length < 6 || length != 6 + 3 * (bytes[from + 5] & 0xFF)) {
            throw Wrong.pixels("the JPEG frame header is broken, or there are two");
        }
        process = marker;
        header = new Codestream(
                word(bytes, from + 3),
                word(bytes, from + 1),
                bytes[from + 5] & 0xFF,
                bytes[from] & 0xFF,
                false,
                false,
                ColorTransform.NONE);
        header.check(format);
        boolean known16 = marker == SOF3 || marker == SOF55;
        if (header.bits() < 2 || header.bits() > (known16 ? 16 : marker == SOF0 ? 8 : 12)) {
            throw Wrong.pixels("a JPEG image of %d bits".formatted(header.bits()));
        }
        components(from + 6, header.components());
        if (isSubsampled && known16) {
            throw Wrong.notDecoded("a lossless JPEG image whose components are not equally large");
        }
    }

    private void components(int from, int count) {
        int blocks = 0;
        for (int i = 0; i < count; i++) {
            int factors = bytes[from + 3 * i + 1] & 0xFF;
            int horizontal = factors >> 4;
            int vertical = factors & 15;
            if (horizontal < 1 || horizontal > 4 || vertical < 1 || vertical > 4) {
                throw Wrong.pixels("a JPEG sampling factor of %d × %d".formatted(horizontal, vertical));
            }
            blocks += horizontal * vertical;
            isSubsampled |= factors != (bytes[from + 1] & 0xFF);
        }
        // T.81 section B.2.3: an interleaved unit holds ten blocks at most.
        if (count > 1 && blocks > 10) {
            throw Wrong.pixels("JPEG sampling factors beyond what a scan may hold");
        }
        isNamedRgb = count == 3 && bytes[from] == 'R' && bytes[from + 3] == 'G' && bytes[from + 6] == 'B';
    }

    /** To the marker behind a scan: in one, FF stands before 00 or a restart marker; in JPEG-LS before a byte below 80. */
    private void skipScan() {
        while (at + 1 < bytes.length) {
            if (bytes[at] == (byte) 0xFF) {
                int next = bytes[at + 1] & 0xFF;
                boolean isData = (isLs ? next < 0x80 : next == 0) || (next >= 0xD0 && next <= 0xD7);
                if (!isData && next != 0xFF) {
                    return;
                }
            }
            at++;
        }
    }

    /**
     * Whether lossy components are YCbCr. Their markers tell the decoder's side of it (JFIF, Adobe); without any, the data set does, but
     * for components of different size, which RGB never has.
     */
    private ColorTransform transform(int components) {
        if (components != 3 || process == SOF3 || process == SOF55) {
            return ColorTransform.NONE;
        }
        boolean isYbr;
        if (adobeTransform >= 0) {
            isYbr = adobeTransform == 1;
        } else {
            isYbr = isJfif || (!isNamedRgb && (isSubsampled || format.photometric() != Photometric.RGB));
        }
        return isYbr ? ColorTransform.FROM_YBR : ColorTransform.ALREADY_RGB;
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
    }
}

package org.countyhub.imaging.dicom.codec;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.countyhub.imaging.dicom.codec.Codestream.ColorTransform;

/**
 * Walks the markers of a JPEG 2000 codestream before a native decoder sees it (ITU-T T.800 annex A). What the decoder sets up before it reads any pixel
 * (tiles, precincts, code blocks) is counted from the headers and bounded, so that a small file cannot ask for much memory.
 */
final class J2kHeader {
    private static final int SOC = 0xFF4F;
    private static final int SIZ = 0xFF51;
    private static final int COD = 0xFF52;
    private static final int COC = 0xFF53;
    private static final int SOT = 0xFF90;
    private static final int SOD = 0xFF93;
    private static final int EOC = 0xFFD9;
    private static final int JP2C = 0x6A703263;

    private static final int MOST_TILES = 1 << 14;
    private static final long MOST_PARTS = 1 << 21;

    private final ByteBuffer in;
    private final PixelFormat format;
    private long tileWidth;
    private long tileHeight;
    private long tiles;
    private int components;
    private boolean transformsColors;

    private J2kHeader(ByteBuffer in, PixelFormat format) {
        this.in = in;
        this.format = format;
    }

    /** The codestream alone, without the boxes of the file format that some senders leave around it (T.800 annex I). */
    static byte[] unboxed(byte[] frame) {
        if (!Codestream.startsWith(frame, 0, 0, 0, 0x0C, 'j', 'P')) {
            return frame;
        }
        ByteBuffer boxes = ByteBuffer.wrap(frame);
        while (boxes.remaining() >= 8) {
            int start = boxes.position();
            long length = boxes.getInt() & 0xFFFFFFFFL;
            if (boxes.getInt() == JP2C) {
                int end = length == 0 ? frame.length : (int) Math.min(frame.length, start + Math.max(length, 8));
                return Arrays.copyOfRange(frame, boxes.position(), end);
            }
            if (length < 8 || start + length > frame.length) {
                break;
            }
            boxes.position((int) (start + length));
        }
        throw Wrong.pixels("the JPEG 2000 file holds no codestream");
    }

    /** What a checked codestream says. */
    static Codestream check(byte[] bytes, PixelFormat format) {
        try {
            return new J2kHeader(ByteBuffer.wrap(bytes), format).walk();
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw Wrong.pixels("the frame ends before the end of its image");
        }
    }

    private Codestream walk() {
        if (word() != SOC || word() != SIZ) {
            throw Wrong.pixels("the frame does not start like a JPEG 2000 codestream");
        }
        Codestream header = size();
        boolean hasStyle = false;
        int marker = word();
        for (; marker != SOT; marker = word()) {
            hasStyle |= marker == COD;
            segment(marker);
        }
        if (!hasStyle) {
            throw Wrong.pixels("the JPEG 2000 codestream does not say how it is coded");
        }
        for (long parts = 0; marker == SOT; parts++) {
            if (parts > tiles * 255) {
                throw Wrong.pixels("more tile parts than there can be");
            }
            tilePart();
            marker = word();
        }
        if (marker != EOC) {
            throw Wrong.pixels("a JPEG 2000 marker %04X where a tile or the end must be".formatted(marker));
        }
        return new Codestream(
                header.width(),
                header.height(),
                components,
                header.bits(),
                header.signed(),
                false,
                transformsColors ? ColorTransform.ALREADY_RGB : ColorTransform.NONE);
    }

    private int word() {
        return in.getShort() & 0xFFFF;
    }

    private long number() {
        return in.getInt() & 0xFFFFFFFFL;
    }

    /** SIZ, T.800 section A.5.1. */
    private Codestream size() {
        int length = word();
        if ((word() & 0x4000) != 0) {
            throw Wrong.notDecoded("high-throughput JPEG 2000 is not decoded");
        }
        long right = number();
        long bottom = number();
        long left = number();
        long top = number();
        tileWidth = number();
        tileHeight = number();
        long tileLeft = number();
        long tileTop = number();
        components = word();
        if (right <= left
                || bottom <= top
                || right - left > 0xFFFF
                || bottom - top > 0xFFFF
                || right > 1 << 20
                || bottom > 1 << 20) {
            throw Wrong.pixels("a JPEG 2000 image that lies at %d to %d, %d to %d".formatted(left, right, top, bottom));
        }
        in.mark();
        int precision = in.get() & 0xFF;
        in.reset();
        Codestream header = new Codestream(
                (int) (right - left),
                (int) (bottom - top),
                components,
                (precision & 0x7F) + 1,
                precision > 0x7F,
                false,
                ColorTransform.NONE);
        header.check(format);
        if (length != 38 + 3 * components || header.bits() > 16) {
            throw Wrong.pixels("a JPEG 2000 image of %d bits".formatted(header.bits()));
        }
        for (int i = 0; i < components; i++) {
            if ((in.get() & 0xFF) != precision || in.get() != 1 || in.get() != 1) {
                throw Wrong.notDecoded("a JPEG 2000 image whose components are not alike");
            }
        }
        if (tileWidth == 0
                || tileHeight == 0
                || tileLeft > left
                || tileTop > top
                || tileLeft + tileWidth <= left
                || tileTop + tileHeight <= top) {
            throw Wrong.pixels("JPEG 2000 tiles that do not cover the image");
        }
        tiles = Math.ceilDiv(right - tileLeft, tileWidth) * Math.ceilDiv(bottom - tileTop, tileHeight);
        if (tiles > MOST_TILES) {
            throw Wrong.tooCostly("a JPEG 2000 image of %d tiles".formatted(tiles));
        }
        tileWidth = Math.min(tileWidth, right - left);
        tileHeight = Math.min(tileHeight, bottom - top);
        return header;
    }

    private void segment(int marker) {
        int length = word();
        int end = in.position() + length - 2;
        if (marker < 0xFF00 || length < 2 || end > in.limit()) {
            throw Wrong.pixels("a broken JPEG 2000 segment %04X".formatted(marker));
        }
        if (marker == COD) {
            boolean ownPrecincts = (in.get() & 1) != 0;
            in.get();
            int layers = word();
            transformsColors |= in.get() != 0 && components == 3;
            style(ownPrecincts, layers);
        } else if (marker == COC) {
            in.position(in.position() + (components < 257 ? 1 : 2));
            style((in.get() & 1) != 0, 1);
        }
        in.position(end);
    }

    /** The parameters of COD and COC that say into how many parts a tile falls (T.800 sections A.6.1 and B.6 to B.7). */
    private void style(boolean ownPrecincts, int layers) {
        int levels = in.get() & 0xFF;
        int blockWidth = (in.get() & 0xFF) + 2;
        int blockHeight = (in.get() & 0xFF) + 2;
        if ((in.get() & 0x40) != 0) {
            throw Wrong.notDecoded("high-throughput JPEG 2000 is not decoded");
        }
        in.get();
        if (levels > 32 || blockWidth > 10 || blockHeight > 10 || blockWidth + blockHeight > 12 || layers == 0) {
            throw Wrong.pixels("JPEG 2000 coding parameters that cannot be");
        }
        long precincts = 0;
        for (int i = 0; i <= levels; i++) {
            int exponents = ownPrecincts ? in.get() & 0xFF : 0xFF;
            int reduced = levels - i;
            precincts += parts(tileWidth >> reduced, exponents & 15) * parts(tileHeight >> reduced, exponents >> 4);
        }
        // Precincts can cut code blocks to their own size, so each holds at least one for each of three bands.
        long blocks = parts(tileWidth, blockWidth) * parts(tileHeight, blockHeight) + 3 * precincts;
        if (blocks * components * tiles > MOST_PARTS || precincts * layers * components * tiles > 16 * MOST_PARTS) {
            throw Wrong.tooCostly(
                    "a JPEG 2000 image of %d code blocks in %d layers".formatted(blocks * components * tiles, layers));
        }
    }

    private static long parts(long size, int exponent) {
        return (size >> exponent) + 2;
    }

    /** SOT, T.800 section A.4.2, then the header of the tile part, then its data, which is passed over. */
    private void tilePart() {
        int start = in.position() - 2;
        int length = word();
        int tile = word();
        long whole = number();
        in.getShort();
        if (length != 10 || tile >= tiles) {
            throw Wrong.pixels("a JPEG 2000 tile that the image does not have");
        }
        for (int marker = word(); marker != SOD; marker = word()) {
            segment(marker);
        }
        long end = whole == 0 ? lastEnd() : start + whole;
        if (end < in.position() || end > in.limit()) {
            throw Wrong.pixels("the frame ends before the end of its image");
        }
        in.position((int) end);
    }

    /** A last tile part without a length reaches to the end of the codestream. */
    private int lastEnd() {
        for (int i = in.limit() - 2; i >= Math.max(in.position(), in.limit() - 4); i--) {
            if ((in.getShort(i) & 0xFFFF) == EOC) {
                return i;
            }
        }
        throw Wrong.pixels("the frame ends before the end of its image");
    }
}

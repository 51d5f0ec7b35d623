package org.countyhub.imaging.dicom.codec;

/**
 * What the header of a codestream says of its image, once it was checked.
 *
 * @param planar whether each component has a scan of its own and comes out of the decoder like that
 */
record Codestream(
        int width, int height, int components, int bits, boolean signed, boolean planar, ColorTransform transform) {
    /** What the decoder makes of the colours. */
    enum ColorTransform {
        /** Components come out as the encoder was given them. */
        NONE,
        /** JPEG with YCbCr, which has to be asked to become RGB. */
        FROM_YBR,
        /** Components come out as RGB by themselves. */
        ALREADY_RGB
    }

    /** Whether those bytes are the start and size markers of a JPEG 2000 codestream, or the start of the file format around one. */
    static boolean startsJpeg2000(byte[] head) {
        return startsWith(head, 0xFF, 0x4F, 0xFF, 0x51) || startsWith(head, 0, 0, 0, 0x0C);
    }

    static boolean startsWith(byte[] bytes, int... values) {
        if (bytes.length < values.length) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            if ((bytes[i] & 0xFF) != values[i]) {
                return false;
            }
        }
        return true;
    }

    /** Refuses a codestream of another image than the data set describes: the decoder believes the codestream. */
    void check(PixelFormat format) {
        if (width != format.columns() || height != format.rows() || components != format.samples()) {
            throw Wrong.pixels("the frame is of %d × %d pixels with %d samples, the data set says %d × %d with %d"
                    .formatted(width, height, components, format.columns(), format.rows(), format.samples()));
        }
        if (bits > format.bitsAllocated()) {
            throw Wrong.pixels(
                    "the frame has %d bits for a sample, the data set %d".formatted(bits, format.bitsAllocated()));
        }
    }
}

package org.countyhub.bench.dicom;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The encapsulated format (PS3.5 section A.4). */
final class Fragments {
    private static final int ITEM = 0xFFFE_E000;
    private static final int SEQUENCE_END = 0xFFFE_E0DD;

    private Fragments() {}

    static void write(List<byte[]> images, OutputStream out) throws IOException {
        out.write(Attributes.header(PixelData.TAG, "OB", Attributes.UNDEFINED_LENGTH));
        ByteBuffer offsets = ByteBuffer.allocate(4 * images.size()).order(ByteOrder.LITTLE_ENDIAN);
        int offset = 0;
        for (byte[] image : images) {
            offsets.putInt(offset);
            offset += 8 + image.length;
        }
        out.write(Attributes.bare(ITEM, offsets.capacity()));
        out.write(offsets.array());
        for (byte[] image : images) {
            out.write(Attributes.bare(ITEM, image.length));
            out.write(image);
        }
        out.write(Attributes.bare(SEQUENCE_END, 0));
    }
}

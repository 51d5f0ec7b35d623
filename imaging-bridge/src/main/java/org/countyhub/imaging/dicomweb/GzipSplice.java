package org.countyhub.imaging.dicomweb;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import org.countyhub.imaging.study.Metadata;

/**
 * Joins what is deflated already to one JSON array in one member of gzip (RFC 1952), without inflating anything: each piece is blocks that end at a
 * byte boundary and refer to nothing before them (RFC 1951 section 3.2.3), and the brackets and commas between are stored blocks.
 */
final class GzipSplice implements Splice {
    private static final byte[] HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, (byte) 0xFF};

    private final OutputStream out;
    private boolean begun;
    private int crc;
    private long length;

    GzipSplice(OutputStream out) {
        this.out = out;
    }

    @Override
    public void add(Metadata metadata) throws IOException {
        if (begun) {
            stored(',', false);
        } else {
            begin();
        }
        out.write(metadata.deflated());
        crc = Crc32Join.joined(crc, metadata.crc32(), metadata.length());
        length += metadata.length();
    }

    @Override
    public void finish() throws IOException {
        if (!begun) {
            begin();
        }
        stored(']', true);
        little(crc);
        little((int) length);
    }

    @Override
    public void close() {}

    private void begin() throws IOException {
        begun = true;
        out.write(HEADER);
        stored('[', false);
    }

    /** A block of one byte as it is. */
    private void stored(char one, boolean last) throws IOException {
        out.write(new byte[] {(byte) (last ? 1 : 0), 1, 0, (byte) 0xFE, (byte) 0xFF, (byte) one});
        CRC32 own = new CRC32();
        own.update(one);
        crc = Crc32Join.joined(crc, (int) own.getValue(), 1);
        length++;
    }

    private void little(int value) throws IOException {
        out.write(new byte[] {(byte) value, (byte) (value >>> 8), (byte) (value >>> 16), (byte) (value >>> 24)});
    }
}

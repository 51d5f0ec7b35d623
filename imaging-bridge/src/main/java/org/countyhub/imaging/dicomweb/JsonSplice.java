package org.countyhub.imaging.dicomweb;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.countyhub.imaging.study.Metadata;

/** The same array as {@link GzipSplice}, for whoever takes no gzip: inflated through one buffer. */
final class JsonSplice implements Splice {
    private final OutputStream out;
    private final Inflater inflater = new Inflater(true);
    private final byte[] buffer = new byte[16 * 1024];
    private boolean begun;

    JsonSplice(OutputStream out) {
        this.out = out;
    }

    @Override
    public void add(Metadata metadata) throws IOException {
        out.write(begun ? ',' : '[');
        begun = true;
        inflater.reset();
        inflater.setInput(metadata.deflated());
        int left = metadata.length();
        try {
            while (left > 0) {
                int length = inflater.inflate(buffer, 0, Math.min(buffer.length, left));
                if (length == 0) {
                    throw new IOException("metadata are shorter than was put on record");
                }
                out.write(buffer, 0, length);
                left -= length;
            }
        } catch (DataFormatException e) {
            throw new IOException("metadata are not what was put on record", e);
        }
    }

    @Override
    public void finish() throws IOException {
        if (!begun) {
            out.write('[');
        }
        out.write(']');
    }

    @Override
    public void close() {
        inflater.end();
    }
}

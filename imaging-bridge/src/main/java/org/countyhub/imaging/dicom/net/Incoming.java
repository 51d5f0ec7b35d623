package org.countyhub.imaging.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import org.aoju.bus.image.metric.PDVInputStream;

/** The data set of a message as it comes in. Knows whether it was the network that failed, or whoever reads. */
final class Incoming extends InputStream {
    private final PDVInputStream in;
    private boolean broken;

    Incoming(PDVInputStream in) {
        this.in = in;
    }

    boolean isBroken() {
        return broken;
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            return in.read(into, offset, length);
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    /** Passes over what was not read; an answer goes out only when the message is in. */
    void drain(long most) throws IOException {
        byte[] buffer = new byte[16_384];
        long left = most;
        int count = read(buffer, 0, buffer.length);
        while (count >= 0) {
            left -= count;
            if (left < 0) {
                broken = true;
                throw new IOException("refused data set goes on for more than " + most + " bytes");
            }
            count = read(buffer, 0, buffer.length);
        }
    }
}

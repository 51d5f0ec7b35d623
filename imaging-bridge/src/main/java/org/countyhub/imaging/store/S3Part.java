package org.countyhub.imaging.store;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The answer to a ranged GET. One that is closed before its end is broken off, not read to its end. */
final class S3Part extends FilterInputStream {
    private final ResponseInputStream<GetObjectResponse> response;
    private long left;

    S3Part(ResponseInputStream<GetObjectResponse> response) {
        super(response);
        this.response = response;
        left = response.response().contentLength();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = super.read(bytes, from, length);
        if (read < 0 && left > 0) {
            throw new IOException("the object store broke off, " + left + " bytes before the end");
        }
        left -= Math.max(read, 0);
        return read;
    }

    @Override
    public long skip(long length) throws IOException {
        long skipped = super.skip(length);
        left -= skipped;
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        if (left > 0) {
            response.abort();
        } else {
            super.close();
        }
    }
}

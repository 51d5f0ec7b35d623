package org.countyhub.imaging.dicomweb;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.countyhub.imaging.dicom.codec.FrameIndex;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.Stored;

/** Bytes of instances: of the file, or by positions within the data set. */
final class Blobs {
    private final BlobStore store;

    Blobs(BlobStore store) {
        this.store = store;
    }

    /** Bytes of the file. */
    void file(Stored stored, long position, long length, OutputStream out) throws IOException {
        try (InputStream in = store.open(stored.blob(), position, length)) {
            Copy.exactly(in, out, length);
        }
    }

    /** Bytes of the data set as encoded, inflated where it is deflated. */
    void dataset(Stored stored, long position, long length, OutputStream out) throws IOException {
        try (InputStream in = dataset(stored, position, length)) {
            Copy.exactly(in, out, length);
        }
    }

    /** The same, from that position on; at least so many where there are. */
    InputStream dataset(Stored stored, long position, long length) throws IOException {
        long begin = stored.datasetPosition();
        if (!stored.transferSyntax().isDeflated()) {
            return store.open(stored.blob(), begin + position, length);
        }
        InputStream inflated = inflated(store.open(stored.blob(), begin, stored.size() - begin));
        inflated.skipNBytes(position);
        return inflated;
    }

    /** The whole data set as it was sent. */
    InputStream encoded(Stored stored) throws IOException {
        return store.open(stored.blob(), stored.datasetPosition(), stored.size() - stored.datasetPosition());
    }

    private static InputStream inflated(InputStream in) {
        Inflater inflater = new Inflater(true);
        return new FilterInputStream(new InflaterInputStream(in, inflater, 16 * 1024)) {
            @Override
            public void close() throws IOException {
                inflater.end();
                super.close();
            }
        };
    }

    /** A frame as it is, its ranges joined. */
    void frame(Located instance, int frame, OutputStream out) throws IOException {
        for (FrameIndex.Range range : instance.frames().ranges(frame)) {
            dataset(instance.stored(), range.position(), range.length(), out);
        }
    }

    byte[] frame(Located instance, int frame) throws IOException {
        long length = instance.frames().length(frame);
        if (length > Integer.MAX_VALUE - 16) {
            throw new FileNotFoundException("a frame of " + length + " bytes");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream((int) length);
        frame(instance, frame, out);
        return out.toByteArray();
    }
}

package org.countyhub.imaging.study;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;

/** Keeps bytes under keys. A blob is written once and never changes. */
public interface BlobStore {
    /** Begins a blob. */
    Incoming receive() throws IOException;

    /** A blob being written; closing it before it is {@link #seal sealed} leaves nothing behind. */
    abstract class Incoming extends OutputStream {
        /** Makes the bytes durable and gives their key; they are not sure to be found under it before {@link BlobStore#settle}. */
        public abstract String seal() throws IOException;
    }

    /** Makes sealed blobs durable under their keys; many at once cost little more than one. */
    void settle(Collection<String> keys) throws IOException;

    /** Bytes of a blob; fewer where it ends. Close it. */
    InputStream open(String key, long position, long length) throws IOException;

    /** Removes a blob; one that is not there is removed already. */
    void delete(String key) throws IOException;

    /** Whether there is room for so many more bytes, below the watermark. */
    boolean hasRoomFor(long bytes);
}

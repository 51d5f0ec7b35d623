package org.countyhub.imaging.dicomweb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.countyhub.imaging.study.Metadata;

/**
 * Keeps what comes from the index until all of it is there, so that a slow reader holds no connection to the database; what is beyond the bound is
 * written while it is read.
 */
final class MetadataSink implements Consumer<Metadata> {
    private static final int MAX_KEPT = 8 * 1024 * 1024;

    private final Splice splice;
    private final List<Metadata> kept = new ArrayList<>();
    private int bytes;
    private boolean empty = true;

    MetadataSink(Splice splice) {
        this.splice = splice;
    }

    @Override
    public void accept(Metadata metadata) {
        empty = false;
        kept.add(metadata);
        bytes += metadata.deflated().length;
        if (bytes > MAX_KEPT) {
            try {
                write();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    boolean isEmpty() {
        return empty;
    }

    private void write() throws IOException {
        for (Metadata metadata : kept) {
            splice.add(metadata);
        }
        kept.clear();
        bytes = 0;
    }

    void finish() throws IOException {
        write();
        splice.finish();
    }
}

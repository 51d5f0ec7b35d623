package org.countyhub.imaging.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.countyhub.imaging.study.BlobStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FileBlobsTest implements BlobStoreContract {
    private Path directory;

    private FileBlobs blobs;

    @BeforeEach
    void open(@TempDir Path own) throws IOException {
        directory = own;
        blobs = new FileBlobs(directory, 0, CLOCK);
    }

    @Override
    public BlobStore blobs() {
        return blobs;
    }

    @Override
    public BlobListing listing() {
        return new FileBlobListing(directory);
    }

    @Override
    public BlobStore withWatermark(long bytes) throws IOException {
        return new FileBlobs(directory, bytes, CLOCK);
    }

    /** A file is where it will stay from its first byte. */
    @Override
    public List<String> unfinished() {
        return List.of();
    }
}

package org.countyhub.imaging.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.lifecycle.Tier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TiersTest {
    private final Path directory;

    TiersTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private FileBlobs in(String name) throws IOException {
        return new FileBlobs(directory.resolve(name), 0, BlobStoreContract.CLOCK);
    }

    @Test
    void aKeySaysWhereItsBytesAre() throws IOException {
        Tiers tiers =
                new Tiers(Map.of(Tier.DISK, in("a"), Tier.OBJECT_STORE, in("b"), Tier.ARCHIVE, in("c")), Tier.DISK);
        String disk = BlobStoreContract.put(tiers, new byte[] {1, 2});
        String archive;
        try (BlobStore.Incoming blob = tiers.receive(Tier.ARCHIVE)) {
            blob.write(new byte[] {3, 4, 5});
            archive = blob.seal();
        }
        tiers.settle(List.of(disk, archive));

        assertThat(disk).startsWith("2026/");
        assertThat(archive).startsWith("archive:2026/");
        assertThat(BlobStoreContract.read(tiers, archive, 1, 9)).containsExactly(4, 5);
        assertThat(BlobStoreContract.read(in("c"), archive.substring(8), 0, 9)).containsExactly(3, 4, 5);
        tiers.delete(archive);
        assertThatThrownBy(() -> tiers.open(archive, 0, 1)).isInstanceOf(IOException.class);
        assertThat(BlobStoreContract.read(tiers, disk, 0, 9)).containsExactly(1, 2);
    }

    @Test
    void blobsMayComeInElsewhereThanOnDisk() throws IOException {
        Tiers tiers = new Tiers(Map.of(Tier.OBJECT_STORE, in("b")), Tier.OBJECT_STORE);

        String key = BlobStoreContract.put(tiers, new byte[] {1, 2});

        assertThat(key).startsWith("s3:2026/");
        assertThat(BlobStoreContract.read(tiers, key, 0, 9)).containsExactly(1, 2);
    }

    @Test
    void aTierThatIsNotThereIsSaid() throws IOException {
        Tiers tiers = new Tiers(Map.of(Tier.DISK, in("a")), Tier.DISK);

        assertThatThrownBy(() -> tiers.open("s3:2026/01/01/00/x.dcm", 0, 1)).hasMessageContaining("OBJECT_STORE");
        assertThatThrownBy(() -> tiers.open("tape:x", 0, 1)).hasMessageContaining("tape:x");
        assertThatThrownBy(() -> new Tiers(Map.of(Tier.DISK, in("a")), Tier.ARCHIVE))
                .hasMessageContaining("ARCHIVE");
    }
}

package org.countyhub.imaging.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.lifecycle.Tier;

/** Copies a blob to another tier, and believes neither side: what was read must be what came in, and what is there then too. */
final class BlobCopier {
    private static final int BUFFER = 64 * 1024;

    private final Tiers tiers;

    BlobCopier(Tiers tiers) {
        this.tiers = tiers;
    }

    /** The bytes of a blob are not what was received. */
    static final class Damaged extends IOException {
        Damaged(String blob) {
            super("blob " + blob + " is not what was received");
        }
    }

    /**
     * Copies a blob.
     *
     * @return the key of the copy, which is not sure to be found under it before it is settled
     * @throws Damaged when it is not what was received; nothing is left of the copy then
     */
    String copy(PgBlobMoves.Movable blob, Tier tier) throws IOException {
        try (BlobStore.Incoming copy = tiers.receive(tier)) {
            compare(blob, blob.blob(), copy);
            return copy.seal();
        }
    }

    /** Reads a settled copy back. */
    void verify(PgBlobMoves.Movable blob, String copy) throws IOException {
        compare(blob, copy, OutputStream.nullOutputStream());
    }

    private void compare(PgBlobMoves.Movable blob, String key, OutputStream out) throws IOException {
        MessageDigest digest = sha256();
        digest.update(blob.transferSyntax().getBytes(StandardCharsets.US_ASCII));
        byte[] buffer = new byte[BUFFER];
        long position = 0;
        // One byte more than there should be, so that a longer one is seen.
        try (InputStream in = tiers.open(key, 0, blob.size() + 1)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                int head = Math.clamp(blob.datasetPosition() - position, 0, read);
                digest.update(buffer, head, read - head);
                position += read;
            }
        }
        if (position != blob.size() || !MessageDigest.isEqual(digest.digest(), blob.digest())) {
            throw new Damaged(key);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

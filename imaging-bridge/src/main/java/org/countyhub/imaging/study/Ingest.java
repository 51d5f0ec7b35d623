package org.countyhub.imaging.study;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Uid;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How every instance comes in, whatever edge it came to: its bytes go to a blob as they are while they are read, digested and
 * bounded, and it is put on record when they are durable.
 */
public final class Ingest implements AutoCloseable {
    private final BlobStore blobs;
    private final Committer committer;
    private final InstanceReader reader;
    private final Clock clock;

    public Ingest(StudyStore store, BlobStore blobs, InstanceReader reader, Clock clock) {
        this.blobs = blobs;
        this.committer = new Committer(store, blobs);
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * Takes an instance.
     *
     * @param meta what the sender says it is
     * @param data the data set as sent, to its end
     * @return what becomes of it, once it is on record; fails with a Problem when the database does not take it
     * @throws org.countyhub.kernel.ProblemException when there is no room for it or it is not what it is said to be; nothing is left
     *     of it then
     * @throws IOException when the sender breaks off, or the disk does
     */
    public CompletableFuture<StoreOutcome> store(Sender sender, Part10.FileMeta meta, InputStream data)
            throws IOException {
        return store(sender, meta, data, header -> {});
    }

    /**
     * The same.
     *
     * @param seen is handed the header before anything is on record, and may refuse it by a Problem
     */
    public CompletableFuture<StoreOutcome> store(
            Sender sender, Part10.FileMeta meta, InputStream data, Consumer<Dataset> seen) throws IOException {
        if (!blobs.hasRoomFor(0)) {
            throw Problem.busy("too little disk space is left", 60);
        }
        MessageDigest digest = sha256();
        digest.update(meta.transferSyntax().uid().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        try (BlobStore.Incoming blob = blobs.receive()) {
            byte[] head = Part10.header(meta, sender.name());
            blob.write(head);
            Tee tee = new Tee(data, blob, digest);
            Dataset header = DatasetReader.read(tee, meta.transferSyntax(), DatasetReader.Limits.DEFAULT);
            check(header, meta);
            seen.accept(header);
            InstanceReader.Kept kept =
                    new InstanceReader.Kept(blob.seal(), head.length, head.length + tee.count, digest.digest());
            return submit(sender, meta, header, kept);
        }
    }

    private CompletableFuture<StoreOutcome> submit(
            Sender sender, Part10.FileMeta meta, Dataset header, InstanceReader.Kept kept) throws IOException {
        try {
            return committer.submit(reader.instance(sender, clock.instant(), meta, header, kept));
        } catch (RuntimeException e) {
            blobs.delete(kept.blob());
            throw e;
        }
    }

    private static void check(Dataset header, Part10.FileMeta meta) {
        same(Tag.SOPInstanceUID, header.string(Tag.SOPInstanceUID), meta.sopInstanceUid());
        same(Tag.SOPClassUID, header.string(Tag.SOPClassUID), meta.sopClassUid());
        for (int tag : new int[] {Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPInstanceUID, Tag.SOPClassUID}) {
            String uid = header.string(tag, "");
            if (!uid.isEmpty() && !Uid.isValid(uid)) {
                throw new Problem.Malformed(
                                List.of(Fault.at(Tag.text(tag), "value", "this is no UID (PS3.5 section 9.1)")))
                        .exception();
            }
        }
    }

    /** What the sender says of an instance and what the instance says of itself (PS3.4 section B.2.3, status A900). */
    private static void same(int tag, @Nullable String inside, String said) {
        if (inside != null && !inside.equals(said)) {
            throw new Problem.Unprocessable(List.of(
                            Fault.at(Tag.text(tag), "business-rule", "the data set says another UID than its sender")))
                    .exception();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Writes and digests what is read through it. */
    private static final class Tee extends FilterInputStream {
        private final OutputStream copy;
        private final MessageDigest digest;
        private long count;

        Tee(InputStream in, OutputStream copy, MessageDigest digest) {
            super(in);
            this.copy = copy;
            this.digest = digest;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            if (read > 0) {
                copy.write(bytes, from, read);
                digest.update(bytes, from, read);
                count += read;
            }
            return read;
        }

        /** Nothing is passed over unseen. */
        @Override
        public long skip(long length) {
            return 0;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }

    /** Puts on record what is waiting and stops. */
    @Override
    public void close() {
        committer.close();
    }
}

package org.countyhub.imaging.study;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Set;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.codec.FrameLocator;
import org.countyhub.imaging.dicom.codec.PixelFormat;
import org.countyhub.kernel.ProblemException;

/** From a header and where its bytes are kept to all that is put on record of an instance. */
public final class InstanceReader {
    private final BlobStore blobs;

    /**
     * Where the bytes of an instance are.
     *
     * @param datasetPosition where in the blob the data set begins
     * @param size of the blob in bytes
     * @param digest SHA-256 of the transfer syntax and the data set as sent
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody changes the bytes
    public record Kept(String blob, int datasetPosition, long size, byte[] digest) {}

    public InstanceReader(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** The instance of a header as it was read. */
    Instance instance(Sender sender, Instant received, Part10.FileMeta meta, Dataset header, Kept kept) {
        Dataset readable = header.readable(sender.source().characterSet());
        return instance(
                sender, received, meta, readable, kept, Ownership.claim(header, readable, sender.source()), false);
    }

    /**
     * An instance whose bytes are kept already, under a patient that somebody has named. What is said of it from then on says that patient;
     * its bytes say what they said.
     *
     * @param now when that was decided
     */
    public Instance again(
            Sender sender, PatientKey patient, Instant received, Instant now, Part10.FileMeta meta, Kept kept)
            throws IOException {
        try (InputStream data = blobs.open(kept.blob(), kept.datasetPosition(), kept.size() - kept.datasetPosition())) {
            Dataset header = DatasetReader.read(data, meta.transferSyntax(), DatasetReader.Limits.DEFAULT);
            Dataset readable = header.readable(sender.source().characterSet());
            Dataset corrected = Coercion.HUB.outgoing(readable, patient, sender.source(), Set.of(patient), now);
            return instance(
                    sender, received, meta, corrected, kept, new Ownership.Claim(patient, null), corrected != readable);
        }
    }

    private Instance instance(
            Sender sender,
            Instant received,
            Part10.FileMeta meta,
            Dataset header,
            Kept kept,
            Ownership.Claim claim,
            boolean corrected) {
        return new Instance(
                sender,
                received,
                claim.patient(),
                corrected,
                claim.held(),
                header.string(Tag.StudyInstanceUID, ""),
                header.string(Tag.SeriesInstanceUID, ""),
                meta.sopInstanceUid(),
                meta.sopClassUid(),
                meta.transferSyntax(),
                header,
                kept.blob(),
                kept.datasetPosition(),
                kept.size(),
                kept.digest(),
                MetadataWriter.write(header),
                frames(header, meta.transferSyntax(), kept));
    }

    /** Where its frames lie; empty where it has none, or none that can be told apart for sure, which is no reason not to keep it. */
    private byte[] frames(Dataset header, TransferSyntax syntax, Kept kept) {
        if (!header.contains(Tag.PixelData)
                && !header.contains(Tag.FloatPixelData)
                && !header.contains(Tag.DoubleFloatPixelData)) {
            return new byte[0];
        }
        try {
            return FrameLocator.locate(
                            header,
                            PixelFormat.of(header),
                            syntax,
                            (position, length) -> bytes(kept.blob(), kept.datasetPosition() + position, length))
                    .toBytes();
        } catch (ProblemException e) {
            return new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] bytes(String blob, long position, int length) throws IOException {
        try (InputStream in = blobs.open(blob, position, length)) {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException();
            }
            return bytes;
        }
    }
}

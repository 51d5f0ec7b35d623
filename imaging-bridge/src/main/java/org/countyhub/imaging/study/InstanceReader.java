package org.countyhub.imaging.study;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.countyhub.imaging.dicom.CharacterSet;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;

/** From a header and where its bytes are kept to all that is put on record of an instance. */
public final class InstanceReader {
    private final BlobStore blobs;
    private final FrameLocator locator;

    /** Finds where the frames of an instance lie, in the form in which that is kept; empty where it has none. */
    @FunctionalInterface
    public interface FrameLocator {
        byte[] locate(Dataset header, Part10.FileMeta meta);
    }

    /**
     * Where the bytes of an instance are.
     *
     * @param datasetPosition where in the blob the data set begins
     * @param size of the blob in bytes
     * @param digest SHA-256 of the transfer syntax and the data set as sent
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody changes the bytes
    public record Kept(String blob, int datasetPosition, long size, byte[] digest) {}

    public InstanceReader(BlobStore blobs, FrameLocator locator) {
        this.blobs = blobs;
        this.locator = locator;
    }

    /** The instance of a header as it was read. */
    Instance instance(Sender sender, Instant received, Part10.FileMeta meta, Dataset header, Kept kept) {
        Dataset readable =
                header.read(CharacterSet.detected(header, sender.source().characterSet()));
        return instance(sender, received, meta, readable, kept, Ownership.claim(readable, sender.source()));
    }

    /** An instance whose bytes are kept already, under a patient that somebody has named. */
    public Instance again(Sender sender, PatientKey patient, Instant received, Part10.FileMeta meta, Kept kept)
            throws IOException {
        try (InputStream data = blobs.open(kept.blob(), kept.datasetPosition(), kept.size() - kept.datasetPosition())) {
            Dataset header = DatasetReader.read(data, meta.transferSyntax(), DatasetReader.Limits.DEFAULT);
            Dataset readable =
                    header.read(CharacterSet.detected(header, sender.source().characterSet()));
            return instance(sender, received, meta, readable, kept, new Ownership.Claim(patient, null));
        }
    }

    private Instance instance(
            Sender sender, Instant received, Part10.FileMeta meta, Dataset header, Kept kept, Ownership.Claim claim) {
        return new Instance(
                sender,
                received,
                claim.patient(),
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
                locator.locate(header, meta));
    }
}

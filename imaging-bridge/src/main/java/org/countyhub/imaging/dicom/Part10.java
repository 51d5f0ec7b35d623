package org.countyhub.imaging.dicom;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** The file form of an instance (PS3.10 section 7.1): a preamble, file meta information, the data set. */
public final class Part10 {
    /** How the hub names itself as an implementation (PS3.7 annex D.3.3.2). */
    public static final String IMPLEMENTATION_CLASS_UID = "2.25.44662132769728047731602523222965134762";

    public static final String IMPLEMENTATION_VERSION_NAME = "COUNTYHUB_0.1";

    private static final int PREAMBLE = 128;
    private static final int LONGEST_META = 64 * 1024;
    private static final int FileMetaInformationVersion = 0x00020001;
    private static final int ImplementationClassUID = 0x00020012;
    private static final int ImplementationVersionName = 0x00020013;
    private static final int SourceApplicationEntityTitle = 0x00020016;

    private Part10() {}

    /** What file meta information says of a data set. */
    public record FileMeta(TransferSyntax transferSyntax, String sopClassUid, String sopInstanceUid) {}

    /** All that stands before the data set. */
    public static byte[] header(FileMeta meta, String sourceAeTitle) {
        Dataset elements = Dataset.builder(CharacterSet.DEFAULT)
                .set(new Element.Bytes(FileMetaInformationVersion, Vr.OB, new byte[] {0, 1}))
                .set(Tag.MediaStorageSOPClassUID, Vr.UI, meta.sopClassUid())
                .set(Tag.MediaStorageSOPInstanceUID, Vr.UI, meta.sopInstanceUid())
                .set(Tag.TransferSyntaxUID, Vr.UI, meta.transferSyntax().uid())
                .set(ImplementationClassUID, Vr.UI, IMPLEMENTATION_CLASS_UID)
                .set(ImplementationVersionName, Vr.SH, IMPLEMENTATION_VERSION_NAME)
                .set(SourceApplicationEntityTitle, Vr.AE, sourceAeTitle)
                .build();
        try {
            ByteArrayOutputStream group = new ByteArrayOutputStream();
            DatasetWriter.write(elements, group, TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(new byte[PREAMBLE]);
            all.write(new byte[] {'D', 'I', 'C', 'M', 2, 0, 0, 0, 'U', 'L', 4, 0});
            int length = group.size();
            all.write(new byte[] {(byte) length, (byte) (length >> 8), (byte) (length >> 16), (byte) (length >> 24)});
            group.writeTo(all);
            return all.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads what stands before the data set and leaves the stream at its first byte.
     *
     * @throws org.countyhub.kernel.ProblemException where it is no such file, or one that a system could take for a program
     * @throws IOException when the stream breaks
     */
    public static FileMeta read(InputStream in) throws IOException {
        byte[] start = in.readNBytes(PREAMBLE + 4);
        if (start.length < PREAMBLE + 4
                || start[PREAMBLE] != 'D'
                || start[PREAMBLE + 1] != 'I'
                || start[PREAMBLE + 2] != 'C'
                || start[PREAMBLE + 3] != 'M') {
            throw Place.malformed(
                    "byte 128", "no DICM here: it is no file of PS3.10, or it lacks its file meta information");
        }
        if ((start[0] == 'M' && start[1] == 'Z')
                || (start[0] == 0x7F && start[1] == 'E' && start[2] == 'L' && start[3] == 'F')) {
            throw new Problem.Unprocessable(
                            List.of(Fault.at("byte 0", "security", "the preamble is the beginning of a program")))
                    .exception();
        }
        byte[] length = in.readNBytes(12);
        if (length.length < 12
                || length[0] != 2
                || length[1] != 0
                || length[2] != 0
                || length[3] != 0
                || length[4] != 'U'
                || length[5] != 'L') {
            throw Place.malformed("byte 132", "no (0002,0000): the file meta information lacks its length");
        }
        long size =
                (length[8] & 0xFF) | (length[9] & 0xFF) << 8 | (length[10] & 0xFF) << 16 | (length[11] & 0xFFL) << 24;
        if (size > LONGEST_META) {
            throw Place.malformed("(0002,0000) at byte 132", "file meta information of " + size + " bytes");
        }
        byte[] group = in.readNBytes((int) size);
        if (group.length < size) {
            throw Place.malformed("(0002,0000) at byte 132", "the data end before the file meta information does");
        }
        Dataset meta = DatasetReader.read(
                new ByteArrayInputStream(group), TransferSyntax.EXPLICIT_LITTLE_ENDIAN, DatasetReader.Limits.DEFAULT);
        return new FileMeta(
                new TransferSyntax(uid(meta, Tag.TransferSyntaxUID)),
                uid(meta, Tag.MediaStorageSOPClassUID),
                uid(meta, Tag.MediaStorageSOPInstanceUID));
    }

    private static String uid(Dataset meta, int tag) {
        String uid = meta.string(tag, "");
        if (!Uid.isValid(uid)) {
            throw Place.malformed(Tag.text(tag), "there is no UID in the file meta information");
        }
        return uid;
    }
}

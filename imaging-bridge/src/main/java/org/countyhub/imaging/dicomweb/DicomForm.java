package org.countyhub.imaging.dicomweb;

import java.util.List;
import java.util.stream.Collectors;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.study.Stored;
import org.jspecify.annotations.Nullable;

/**
 * In which form instances are given (PS3.18 sections 8.7.3.5 and 10.4.3).
 *
 * @param multipart each as a part; else the one by itself
 * @param explicit decoded, where they are not that already, to explicit little endian; else in the transfer syntax in which they are kept
 */
record DicomForm(boolean multipart, boolean explicit) {
    /** The first of the ranges that all instances can meet. Refuses where none can. */
    static DicomForm of(List<MediaRange> ranges, List<Stored> all) {
        return ranges.stream()
                .filter(range -> range.takes(Accepted.DICOM) && (all.size() == 1 || !isSingle(range)))
                .filter(range ->
                        all.stream().allMatch(stored -> canBe(stored.transferSyntax(), range.transferSyntax())))
                .map(range -> new DicomForm(
                        !isSingle(range),
                        TransferSyntax.EXPLICIT_LITTLE_ENDIAN.uid().equals(range.transferSyntax())))
                .findFirst()
                .orElseThrow(() -> Accepted.refusal(
                        "instances are given as application/dicom, several as multipart/related of it, in"
                                + " the transfer syntaxes in which they are kept, here " + kept(all)
                                + ", or where it can be decoded in 1.2.840.10008.1.2.1"));
    }

    private static boolean isSingle(MediaRange range) {
        return !range.isMultipart() && !range.isAny();
    }

    private static boolean canBe(TransferSyntax kept, @Nullable String wanted) {
        return wanted == null
                || wanted.equals("*")
                || wanted.equals(kept.uid())
                || (wanted.equals(TransferSyntax.EXPLICIT_LITTLE_ENDIAN.uid()) && PixelMedia.isDecoded(kept));
    }

    private static String kept(List<Stored> all) {
        return all.stream()
                .map(stored -> stored.transferSyntax().uid())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" and "));
    }

    TransferSyntax syntax(Stored stored) {
        return explicit ? TransferSyntax.EXPLICIT_LITTLE_ENDIAN : stored.transferSyntax();
    }

    String contentType(Stored stored) {
        return Accepted.DICOM + "; transfer-syntax=" + syntax(stored).uid();
    }
}

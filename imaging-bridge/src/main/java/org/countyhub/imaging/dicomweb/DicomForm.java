package org.countyhub.imaging.dicomweb;

import java.util.List;
import java.util.function.Predicate;
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
    /**
     * The first of the ranges that all instances can meet. Refuses where none can.
     *
     * @param asKept which of them go with their header as it is kept
     */
    static DicomForm of(List<MediaRange> ranges, List<Stored> all, Predicate<Stored> asKept) {
        return ranges.stream()
                .filter(range -> range.takes(Accepted.DICOM) && (all.size() == 1 || !isSingle(range)))
                .filter(range -> all.stream()
                        .allMatch(
                                stored -> canBe(stored.transferSyntax(), range.transferSyntax(), asKept.test(stored))))
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

    private static boolean canBe(TransferSyntax kept, @Nullable String wanted, boolean asKept) {
        return wanted == null
                || wanted.equals("*")
                || (wanted.equals(kept.uid()) && (asKept || !kept.isBigEndian()))
                || (wanted.equals(TransferSyntax.EXPLICIT_LITTLE_ENDIAN.uid()) && PixelMedia.isDecoded(kept));
    }

    private static String kept(List<Stored> all) {
        return all.stream()
                .map(stored -> stored.transferSyntax().uid())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" and "));
    }

    /** Big endian is retired (PS3.5 section A.3), and nothing is written in it. */
    TransferSyntax syntax(Stored stored, boolean asKept) {
        TransferSyntax kept = stored.transferSyntax();
        return explicit || (kept.isBigEndian() && !asKept) ? TransferSyntax.EXPLICIT_LITTLE_ENDIAN : kept;
    }

    String contentType(Stored stored, boolean asKept) {
        return Accepted.DICOM + "; transfer-syntax=" + syntax(stored, asKept).uid();
    }
}

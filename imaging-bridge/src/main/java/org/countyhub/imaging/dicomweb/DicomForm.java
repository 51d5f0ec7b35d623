package org.countyhub.imaging.dicomweb;

import java.util.List;
import java.util.stream.Collectors;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.study.Stored;
import org.jspecify.annotations.Nullable;

/**
 * In which form instances are given (PS3.18 sections 8.7.3.4 and 10.4.3).
 *
 * @param multipart each as a part; else the one by itself
 * @param wanted the UID of the transfer syntax that is asked for; {@code *} for those in which they are kept; null where that is left to the
 *     hub, which then gives explicit little endian, and as it is kept only what lost something in compression or cannot be decoded
 */
record DicomForm(boolean multipart, @Nullable String wanted) {
    private static final String EXPLICIT = TransferSyntax.EXPLICIT_LITTLE_ENDIAN.uid();

    /** The first of the ranges that all instances can meet. Refuses where none can. */
    static DicomForm of(List<MediaRange> ranges, List<Stored> all) {
        return ranges.stream()
                .filter(range -> range.takes(Accepted.DICOM) && (all.size() == 1 || !isSingle(range)))
                .filter(range ->
                        all.stream().allMatch(stored -> canBe(stored.transferSyntax(), range.transferSyntax())))
                .map(range -> new DicomForm(!isSingle(range), range.transferSyntax()))
                .findFirst()
                .orElseThrow(() -> Accepted.refusal(
                        "instances are given as application/dicom, several as multipart/related of it, in"
                                + " the transfer syntaxes in which they are kept, here " + kept(all)
                                + ", or where it can be decoded in " + EXPLICIT));
    }

    private static boolean isSingle(MediaRange range) {
        return !range.isMultipart() && !range.isAny();
    }

    private static boolean canBe(TransferSyntax kept, @Nullable String wanted) {
        return wanted == null
                || wanted.equals("*")
                || wanted.equals(kept.uid())
                || (wanted.equals(EXPLICIT) && PixelMedia.isDecoded(kept));
    }

    private static String kept(List<Stored> all) {
        return all.stream()
                .map(stored -> stored.transferSyntax().uid())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" and "));
    }

    /** Whether what is kept in this transfer syntax becomes explicit little endian. */
    boolean isExplicit(TransferSyntax kept) {
        return wanted == null ? PixelMedia.isDecoded(kept) && !PixelMedia.isLossy(kept) : wanted.equals(EXPLICIT);
    }

    /** Tells it from other forms in an entity tag. */
    String mark() {
        String syntax = wanted == null ? "-d" : wanted.equals(EXPLICIT) ? "-e" : "";
        return multipart ? syntax + "-m" : syntax;
    }
}

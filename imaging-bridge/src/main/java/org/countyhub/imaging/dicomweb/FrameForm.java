package org.countyhub.imaging.dicomweb;

import java.util.List;
import java.util.Optional;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.jspecify.annotations.Nullable;

/**
 * In which form frames are given (PS3.18 section 8.7.3).
 *
 * @param multipart each as a part; else the one frame as it is
 * @param mediaType of each frame
 * @param syntax of each frame; explicit little endian where it is not compressed
 * @param asKept whether that is the form in which they are kept
 */
record FrameForm(boolean multipart, String mediaType, TransferSyntax syntax, boolean asKept) {
    private static final String ANY = "*";

    /** The first of the ranges that can be met. Refuses where none can. */
    static FrameForm of(List<MediaRange> ranges, TransferSyntax kept, int frames) {
        return ranges.stream()
                .filter(range -> range.isMultipart() || range.isAny() || frames == 1)
                .flatMap(range -> of(range, kept).stream())
                .findFirst()
                .orElseThrow(() ->
                        Accepted.refusal("the frames can be given as multipart/related, or a single one by itself, of "
                                + offered(kept)));
    }

    private static Optional<FrameForm> of(MediaRange range, TransferSyntax kept) {
        boolean multipart = range.isMultipart() || range.isAny();
        String wanted = range.transferSyntax();
        if (range.takes(Accepted.OCTETS) && isPlain(range, wanted, kept)) {
            return Optional.of(
                    new FrameForm(multipart, Accepted.OCTETS, TransferSyntax.EXPLICIT_LITTLE_ENDIAN, kept.isNative()));
        }
        if (kept.isNative() || (wanted != null && !wanted.equals(ANY) && !wanted.equals(kept.uid()))) {
            return Optional.empty();
        }
        List<String> names = PixelMedia.of(kept);
        Optional<String> named = names.stream().filter(range::takes).findFirst();
        // Octets of any transfer syntax, or of this one, are the frames as they are, under the name that tells what
        // they are.
        Optional<String> octets =
                wanted != null && range.takes(Accepted.OCTETS) ? Optional.of(names.getFirst()) : Optional.empty();
        return named.or(() -> octets).map(name -> new FrameForm(multipart, name, kept, true));
    }

    /** Whether pixels as they were before compression are meant: what octets are unless the transfer syntax says otherwise. */
    private static boolean isPlain(MediaRange range, @Nullable String wanted, TransferSyntax kept) {
        if (kept.isNative()) {
            return wanted == null || wanted.equals(ANY) || wanted.equals(TransferSyntax.EXPLICIT_LITTLE_ENDIAN.uid());
        }
        boolean named = range.content().equals(Accepted.OCTETS);
        return wanted == null
                ? named || PixelMedia.isDecoded(kept)
                : wanted.equals(TransferSyntax.EXPLICIT_LITTLE_ENDIAN.uid());
    }

    private static String offered(TransferSyntax kept) {
        String octets = "application/octet-stream with transfer-syntax=" + TransferSyntax.EXPLICIT_LITTLE_ENDIAN.uid();
        return kept.isNative()
                ? octets
                : String.join(" or ", PixelMedia.of(kept)) + " with transfer-syntax=" + kept.uid()
                        + (PixelMedia.isDecoded(kept) ? ", or " + octets : "");
    }

    String contentType() {
        return mediaType + "; transfer-syntax=" + syntax.uid();
    }
}

package org.countyhub.imaging.dicomweb;

import java.util.Arrays;
import java.util.Base64;
import org.countyhub.imaging.dicom.codec.FrameIndex;
import org.countyhub.imaging.study.Stored;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * An instance and where its frames lie.
 *
 * @param index null where it has no frames
 */
record Located(Stored stored, @Nullable FrameIndex index) {
    private static final int MARK_BYTES = 15;

    static Located of(Stored stored) {
        return new Located(stored, stored.frames().length == 0 ? null : FrameIndex.of(stored.frames()));
    }

    FrameIndex frames() {
        if (index == null) {
            throw Problem.notFound("this instance has no frames");
        }
        return index;
    }

    /** What tells these bytes from all others: the beginning of their digest. */
    String mark() {
        byte[] mark = Arrays.copyOf(stored.digest(), MARK_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mark);
    }
}

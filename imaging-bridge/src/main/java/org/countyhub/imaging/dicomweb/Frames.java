package org.countyhub.imaging.dicomweb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.OutputStream;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.codec.Frame;
import org.countyhub.imaging.dicom.codec.FrameIndex;
import org.countyhub.imaging.dicom.codec.PixelFormat;
import org.countyhub.imaging.dicom.codec.PlainPixels;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.outgoing.StoredFrames;
import org.countyhub.imaging.study.outgoing.StoredValues;

/** Frames of instances: as they lie, or decoded. How pixels lie is remembered, since a viewer asks for frame after frame. */
final class Frames {
    private static final int MAX_FORMATS = 10_000;

    private final BlobStore blobs;
    private final Cache<String, PixelFormat> formats =
            Caffeine.newBuilder().maximumSize(MAX_FORMATS).build();

    Frames(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** Whether the bytes of a native frame are already what little endian makes of it. */
    static boolean isPlain(Located instance) {
        TransferSyntax syntax = instance.stored().transferSyntax();
        return syntax.isNative()
                && !syntax.isBigEndian()
                && instance.frames() instanceof FrameIndex.Uniform uniform
                && uniform.bitsPerFrame() % 8 == 0;
    }

    /** A frame as it is kept. */
    void kept(Located instance, int frame, OutputStream out) throws IOException {
        stored(instance).copy(frame, out);
    }

    byte[] bytes(Located instance, int frame) throws IOException {
        return stored(instance).bytes(frame);
    }

    Frame decoded(Located instance, int frame) throws IOException {
        return stored(instance).decoded(frame, format(instance));
    }

    /** A frame that is not compressed any more, in little endian. */
    byte[] plain(Located instance, int frame) throws IOException {
        return PlainPixels.of(decoded(instance, frame), format(instance).bitsAllocated());
    }

    private StoredFrames stored(Located instance) {
        return new StoredFrames(blobs, instance.stored(), instance.frames());
    }

    /** Problem.Unprocessable where the header contradicts itself. */
    private PixelFormat format(Located instance) throws IOException {
        String blob = instance.stored().blob();
        PixelFormat known = formats.getIfPresent(blob);
        if (known != null) {
            return known;
        }
        PixelFormat format = PixelFormat.of(new StoredValues(blobs, instance.stored()).header());
        formats.put(blob, format);
        return format;
    }
}

package org.countyhub.imaging.dicomweb;

import java.io.IOException;
import java.io.OutputStream;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.codec.Frame;
import org.countyhub.imaging.dicom.codec.FrameDecoder;
import org.countyhub.imaging.dicom.codec.FrameIndex;
import org.countyhub.imaging.dicom.codec.PixelFormat;
import org.countyhub.imaging.dicom.codec.PlainPixels;

/** Frames of an instance: as they lie, or decoded. */
final class Frames {
    private final Blobs blobs;
    private final Headers headers;

    Frames(Blobs blobs, Headers headers) {
        this.blobs = blobs;
        this.headers = headers;
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
        blobs.frame(instance, frame, out);
    }

    byte[] bytes(Located instance, int frame) throws IOException {
        return blobs.frame(instance, frame);
    }

    Frame decoded(Located instance, int frame) throws IOException {
        return decoded(instance, headers.pixels(instance), frame);
    }

    private Frame decoded(Located instance, PixelFormat format, int frame) throws IOException {
        return FrameDecoder.decode(
                blobs.frame(instance, frame), format, instance.stored().transferSyntax(), frame);
    }

    /** A frame that is not compressed any more, in little endian. */
    byte[] plain(Located instance, int frame) throws IOException {
        PixelFormat format = headers.pixels(instance);
        return PlainPixels.of(decoded(instance, format, frame), format.bitsAllocated());
    }
}

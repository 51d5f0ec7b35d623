package org.countyhub.imaging.study.outgoing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.codec.Frame;
import org.countyhub.imaging.dicom.codec.FrameDecoder;
import org.countyhub.imaging.dicom.codec.FrameIndex;
import org.countyhub.imaging.dicom.codec.PixelFormat;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.Stored;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** The frames of a kept instance: as they lie, or decoded. The first is frame 0. */
public final class StoredFrames {
    private static final long MAX_FRAME = Integer.MAX_VALUE - 16;

    private final StoredValues values;
    private final TransferSyntax syntax;
    private final FrameIndex index;

    public StoredFrames(BlobStore blobs, Stored stored, FrameIndex index) {
        this.values = new StoredValues(blobs, stored);
        this.syntax = stored.transferSyntax();
        this.index = index;
    }

    int count() {
        return index.frames();
    }

    /** A frame as it is, its ranges joined. */
    public void copy(int frame, OutputStream out) throws IOException {
        for (FrameIndex.Range range : index.ranges(frame)) {
            values.asEncoded(range.position(), range.length(), out);
        }
    }

    /** The same; Problem.TooCostly where it has more bytes than an array can. */
    public byte[] bytes(int frame) throws IOException {
        long length = index.length(frame);
        if (length > MAX_FRAME) {
            throw new Problem.TooCostly(List.of(Fault.of("too-costly", "a frame of " + length + " bytes"))).exception();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream((int) length);
        copy(frame, out);
        return out.toByteArray();
    }

    /** @param format of the instance's header */
    public Frame decoded(int frame, PixelFormat format) throws IOException {
        return FrameDecoder.decode(bytes(frame), format, syntax, frame);
    }
}

package org.countyhub.bench.dicom;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.IntFunction;

/** The element (7FE0,0010), frame by frame, so that no more than one is held. A frame has an even length. */
public sealed interface PixelData {
    int TAG = 0x7FE0_0010;

    /** Images as they are: frames of one length after another. */
    record Native(int frames, int frameLength, IntFunction<byte[]> frame) implements PixelData {}

    /** Compressed images: each frame an item of its own behind a basic offset table (PS3.5 section A.4). */
    record Encapsulated(List<byte[]> images) implements PixelData {
        public Encapsulated {
            images = images.stream().map(Encapsulated::even).toList();
        }

        private static byte[] even(byte[] image) {
            return (image.length & 1) == 0 ? image : java.util.Arrays.copyOf(image, image.length + 1);
        }
    }

    /** One image as it is. */
    static PixelData of(byte[] image) {
        return new Native(1, image.length, index -> image);
    }

    default int frames() {
        return switch (this) {
            case Native plain -> plain.frames;
            case Encapsulated compressed -> compressed.images.size();
        };
    }

    default byte[] frame(int index) {
        return switch (this) {
            case Native plain -> plain.frame.apply(index);
            case Encapsulated compressed -> compressed.images.get(index);
        };
    }

    /** How many bytes of the element precede the value of the first frame. */
    default int leadLength() {
        return switch (this) {
            case Native plain -> 12;
            case Encapsulated compressed -> 12 + 8 + 4 * compressed.images.size() + 8;
        };
    }

    /** How many bytes lie between the values of two frames. */
    default int gapLength() {
        return switch (this) {
            case Native plain -> 0;
            case Encapsulated compressed -> 8;
        };
    }

    /** Writes the whole element. */
    default void writeTo(OutputStream out) throws IOException {
        switch (this) {
            case Native plain -> {
                long length = (long) plain.frames * plain.frameLength;
                if (length >= Attributes.UNDEFINED_LENGTH) {
                    throw new IllegalArgumentException("a value of " + length + " bytes has no place in an element");
                }
                out.write(Attributes.header(TAG, "OW", length));
                for (int i = 0; i < plain.frames; i++) {
                    out.write(plain.frame.apply(i));
                }
            }
            case Encapsulated compressed -> Fragments.write(compressed.images, out);
        }
    }

    /** SHA-256 of the frames, one after another. */
    default byte[] digest() {
        MessageDigest digest = Digests.sha256();
        for (int i = 0; i < frames(); i++) {
            digest.update(frame(i));
        }
        return digest.digest();
    }
}

package org.countyhub.imaging.dicom.codec;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Where each frame of an instance lies, counted as positions of {@link org.countyhub.imaging.dicom.Element.Bulk} are. */
public sealed interface FrameIndex {
    /** Bytes that belong together. */
    record Range(long position, long length) {}

    int frames();

    /** Where a frame lies, the first being 0: its ranges in their order, to be joined. */
    List<Range> ranges(int frame);

    /** The bytes of a frame. */
    default long length(int frame) {
        return ranges(frame).stream().mapToLong(Range::length).sum();
    }

    /** A form to be kept: a few bytes where frames are equally long, else about four for each. */
    default byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (this) {
            case Uniform uniform -> {
                out.write(0);
                Varint.write(out, uniform.position);
                Varint.write(out, uniform.bitsPerFrame);
                Varint.write(out, uniform.frames);
                Varint.write(out, uniform.unit);
            }
            case Listed listed -> {
                out.write(1);
                Varint.write(out, listed.all.size());
                long end = 0;
                for (List<Range> ranges : listed.all) {
                    Varint.write(out, ranges.size());
                    for (Range range : ranges) {
                        Varint.write(out, range.position - end);
                        Varint.write(out, range.length);
                        end = range.position + range.length;
                    }
                }
            }
        }
        return out.toByteArray();
    }

    /** What {@link #toBytes} made; IllegalArgumentException for anything else. */
    static FrameIndex of(byte[] bytes) {
        Varint in = new Varint(bytes);
        FrameIndex index =
                switch ((int) in.next(1)) {
                    case 0 ->
                        new Uniform(
                                in.next(Long.MAX_VALUE),
                                in.next(Long.MAX_VALUE),
                                (int) in.next(Integer.MAX_VALUE),
                                (int) in.next(2));
                    default -> {
                        // Each frame and each range takes a byte at least, so what is claimed cannot outgrow the bytes.
                        int count = (int) in.next(bytes.length);
                        List<List<Range>> frames = new ArrayList<>(count);
                        long end = 0;
                        for (int i = 0; i < count; i++) {
                            int parts = (int) in.next(bytes.length);
                            List<Range> ranges = new ArrayList<>(parts);
                            for (int k = 0; k < parts; k++) {
                                long position = end + in.next(Long.MAX_VALUE - end);
                                long length = in.next(Long.MAX_VALUE - position);
                                ranges.add(new Range(position, length));
                                end = position + length;
                            }
                            frames.add(ranges);
                        }
                        yield new Listed(frames);
                    }
                };
        in.end();
        return index;
    }

    /**
     * Frames of equal length one behind the other, which need not begin at a byte where pixels have one bit.
     *
     * @param unit bytes that can only be read together: 2 where they are swapped
     */
    record Uniform(long position, long bitsPerFrame, int frames, int unit) implements FrameIndex {
        public Uniform {
            if (unit < 1 || frames < 1 || bitsPerFrame < 1 || Math.multiplyHigh(bitsPerFrame, frames) != 0) {
                throw new IllegalArgumentException("no such frames");
            }
        }

        @Override
        public List<Range> ranges(int frame) {
            int unitBits = 8 * unit;
            long first = bitsPerFrame * Objects.checkIndex(frame, frames) / unitBits;
            long end = Math.ceilDiv(bitsPerFrame * (frame + 1L), unitBits);
            return List.of(new Range(position + first * unit, (end - first) * unit));
        }
    }

    /** Frames of any length, from front to back. */
    record Listed(List<List<Range>> all) implements FrameIndex {
        public Listed {
            all = all.stream().map(List::copyOf).toList();
        }

        @Override
        public int frames() {
            return all.size();
        }

        @Override
        public List<Range> ranges(int frame) {
            return all.get(frame);
        }
    }
}

package org.countyhub.imaging.dicom.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Element.Fragment;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.codec.FrameIndex.Range;

/**
 * Finds the frames of an instance (PS3.5 sections 8.2 and A.4). A fragment never holds parts of two frames, so as many fragments as frames need no
 * table. Else the codestreams themselves tell where one begins, and a table that says otherwise is refused; where they do not, the table must be
 * consistent in itself.
 */
public final class FrameLocator {
    private static final int ITEM_HEADER = 8;

    private final PixelFormat format;
    private final Family family;
    private final ByteSource source;

    private FrameLocator(PixelFormat format, Family family, ByteSource source) {
        this.format = format;
        this.family = family;
        this.source = source;
    }

    /**
     * Where the frames of a data set lie.
     *
     * @throws org.countyhub.kernel.ProblemException Unprocessable where that cannot be told for sure; NotAcceptable for video, which has no frames
     *     that can be taken out
     */
    public static FrameIndex locate(Dataset dataset, PixelFormat format, TransferSyntax syntax, ByteSource source)
            throws IOException {
        return switch (PixelFormat.pixels(dataset)) {
            case Element.Bulk bulk -> uniform(format, syntax, bulk);
            case Element.Fragments fragments ->
                new FrameLocator(format, Family.of(syntax), source).encapsulated(dataset, fragments.fragments());
            case Element.Bytes ignored -> throw new IllegalArgumentException("pixels must be read as bulk");
            case Element.Items ignored -> throw Wrong.pixels("pixel data cannot be a sequence");
        };
    }

    private static FrameIndex uniform(PixelFormat format, TransferSyntax syntax, Element.Bulk bulk) {
        if (!syntax.isNative()) {
            throw Wrong.pixels("pixels of a compressed transfer syntax must be in fragments");
        }
        long bits = format.bitsPerFrame();
        if (holds(bulk, format.bitsPerFullFrame(), format.frames())) {
            bits = format.bitsPerFullFrame();
        } else if (!holds(bulk, bits, format.frames())) {
            throw Wrong.pixels("%d bytes are fewer than %d frames of %d × %d pixels need"
                    .formatted(bulk.length(), format.frames(), format.columns(), format.rows()));
        }
        return new FrameIndex.Uniform(bulk.position(), bits, format.frames(), format.isSwapped(syntax) ? 2 : 1);
    }

    private static boolean holds(Element.Bulk bulk, long bitsPerFrame, int frames) {
        return Math.multiplyHigh(bitsPerFrame, frames) == 0
                && bitsPerFrame * frames > 0
                && Math.ceilDiv(bitsPerFrame * frames, 8) <= bulk.length();
    }

    private FrameIndex encapsulated(Dataset dataset, List<Fragment> all) throws IOException {
        if (family == Family.VIDEO) {
            throw Wrong.notDecoded("frames cannot be taken out of video");
        }
        if (all.isEmpty()) {
            throw Wrong.pixels("the basic offset table is missing");
        }
        List<Fragment> fragments = all.subList(1, all.size());
        int frames = format.frames();
        if (fragments.size() < frames) {
            throw Wrong.pixels("%d fragments cannot hold %d frames".formatted(fragments.size(), frames));
        }
        if (fragments.size() == frames) {
            return listed(fragments, first(frames));
        }
        if (frames == 1) {
            return listed(fragments, new int[] {0});
        }
        int[] table = table(dataset, all.getFirst(), fragments);
        if (family == Family.OTHER || family == Family.RLE) {
            if (table.length == 0) {
                throw Wrong.pixels("%d fragments hold %d frames, and no offset table says which"
                        .formatted(fragments.size(), frames));
            }
            return listed(fragments, table);
        }
        int[] scanned = scan(fragments);
        if (table.length > 0 && !Arrays.equals(table, scanned)) {
            throw Wrong.pixels("the offset table does not point to where the frames begin");
        }
        return listed(fragments, scanned);
    }

    private static int[] first(int count) {
        int[] all = new int[count];
        Arrays.setAll(all, i -> i);
        return all;
    }

    /** Frames that each begin with one of the fragments. */
    private static FrameIndex listed(List<Fragment> fragments, int[] starts) {
        List<List<Range>> frames = new ArrayList<>(starts.length);
        for (int i = 0; i < starts.length; i++) {
            int end = i + 1 < starts.length ? starts[i + 1] : fragments.size();
            frames.add(fragments.subList(starts[i], end).stream()
                    .map(fragment -> new Range(fragment.position(), fragment.length()))
                    .toList());
        }
        return new FrameIndex.Listed(frames);
    }

    /** The fragments with which the offset table says that frames begin; none where there is no table. */
    private int[] table(Dataset dataset, Fragment basic, List<Fragment> fragments) throws IOException {
        long[] offsets;
        if (basic.length() > 0) {
            offsets = basic(basic);
        } else {
            offsets = dataset.integers(Tag.ExtendedOffsetTable);
            if (offsets.length == 0) {
                return new int[0];
            }
        }
        if (offsets.length != format.frames()) {
            throw Wrong.pixels(
                    "an offset table of %d frames, of which there are %d".formatted(offsets.length, format.frames()));
        }
        long origin = fragments.getFirst().position() - ITEM_HEADER;
        int[] starts = new int[offsets.length];
        int fragment = 0;
        for (int i = 0; i < starts.length; i++) {
            long position = origin + offsets[i] + ITEM_HEADER;
            while (fragment < fragments.size() && fragments.get(fragment).position() < position) {
                fragment++;
            }
            boolean found =
                    fragment < fragments.size() && fragments.get(fragment).position() == position;
            if (!found || (i == 0 ? fragment != 0 : fragment <= starts[i - 1])) {
                throw Wrong.pixels("the offset table says that frame %d begins where no fragment of its own does"
                        .formatted(i + 1));
            }
            starts[i] = fragment;
        }
        return starts;
    }

    private long[] basic(Fragment table) throws IOException {
        if (table.length() != 4L * format.frames()) {
            throw Wrong.pixels(
                    "a basic offset table of %d bytes for %d frames".formatted(table.length(), format.frames()));
        }
        ByteBuffer bytes = ByteBuffer.wrap(source.read(table.position(), Math.toIntExact(table.length())))
                .order(ByteOrder.LITTLE_ENDIAN);
        long[] offsets = new long[format.frames()];
        Arrays.setAll(offsets, i -> bytes.getInt(4 * i) & 0xFFFFFFFFL);
        return offsets;
    }

    /**
     * The fragments with which codestreams begin: such a fragment starts like one, and the one before it ends like one. Neither sequence of bytes occurs
     * inside compressed data (ITU-T T.81 section B.1.1.5, T.87 section 9.1, T.800 section B.10.1).
     */
    private int[] scan(List<Fragment> fragments) throws IOException {
        int[] starts = new int[format.frames()];
        int found = 0;
        for (int i = 0; i < fragments.size(); i++) {
            if (begins(fragments.get(i)) && (i == 0 || ends(fragments.get(i - 1)))) {
                if (found == starts.length) {
                    throw Wrong.pixels("more than the %d frames begin in the fragments".formatted(starts.length));
                }
                starts[found++] = i;
            }
        }
        if (found < starts.length || starts[0] != 0) {
            throw Wrong.pixels("the beginnings of %d frames were found, not of %d".formatted(found, starts.length));
        }
        return starts;
    }

    private boolean begins(Fragment fragment) throws IOException {
        if (fragment.length() < 4) {
            return false;
        }
        byte[] head = source.read(fragment.position(), 4);
        return family == Family.JPEG_2000
                ? Codestream.startsJpeg2000(head)
                : head[0] == (byte) 0xFF && head[1] == (byte) 0xD8 && head[2] == (byte) 0xFF;
    }

    /** Whether a fragment ends with the end of an image, behind which there may be a byte or two to make the length even. */
    private boolean ends(Fragment fragment) throws IOException {
        int length = (int) Math.min(4, fragment.length());
        byte[] tail = source.read(fragment.position() + fragment.length() - length, length);
        for (int i = 0; i + 1 < tail.length; i++) {
            if (tail[i] == (byte) 0xFF && tail[i + 1] == (byte) 0xD9) {
                return true;
            }
        }
        return false;
    }
}

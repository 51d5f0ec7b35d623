package org.countyhub.imaging.render;

import org.countyhub.imaging.dicom.Dataset;

/** A lookup table in segments: discrete entries, straight lines, and repetitions of earlier segments (PS3.3 section C.7.9.2). */
final class SegmentedTable {
    private static final int DISCRETE = 0;
    private static final int LINEAR = 1;
    private static final int INDIRECT = 2;

    private final int tag;
    private final byte[] data;
    private final int unit;
    private final char[] entries;
    private int at;
    private int filled;

    private SegmentedTable(int tag, byte[] data, LookupTable.Descriptor descriptor) {
        this.tag = tag;
        this.data = data;
        this.unit = descriptor.bits() <= 8 ? 1 : 2;
        this.entries = new char[descriptor.count()];
    }

    static char[] entries(Dataset dataset, int tag, LookupTable.Descriptor descriptor) {
        SegmentedTable table = new SegmentedTable(tag, LookupTable.bytes(dataset, tag), descriptor);
        while (table.filled < table.entries.length) {
            table.segment(true);
        }
        return table.entries;
    }

    /** One segment; a repeated one may not repeat in turn, so that the work stays within the entries there are. */
    private void segment(boolean mayRepeat) {
        int code = next();
        int length = next();
        if (length == 0 || code > INDIRECT || (code == LINEAR && filled == 0)) {
            throw wrong();
        }
        switch (code) {
            case DISCRETE -> {
                for (int i = 0; i < length; i++) {
                    add(next());
                }
            }
            case LINEAR -> {
                int from = entries[filled - 1];
                int to = next();
                for (int i = 1; i <= length; i++) {
                    add((int) Math.rint(from + (double) (to - from) * i / length));
                }
            }
            default -> {
                if (!mayRepeat) {
                    throw wrong();
                }
                long offset = 0;
                for (int i = 0; i < 4 / unit; i++) {
                    offset |= (long) next() << (8 * unit * i);
                }
                int back = at;
                if (offset >= data.length) {
                    throw wrong();
                }
                at = (int) offset;
                for (int i = 0; i < length; i++) {
                    segment(false);
                }
                at = back;
            }
        }
    }

    private int next() {
        if (at + unit > data.length) {
            throw wrong();
        }
        int value = unit == 1 ? data[at] & 0xFF : (data[at] & 0xFF) | (data[at + 1] & 0xFF) << 8;
        at += unit;
        return value;
    }

    private void add(int value) {
        if (filled == entries.length) {
            throw wrong();
        }
        entries[filled++] = (char) value;
    }

    private RuntimeException wrong() {
        return LookupTable.wrong(
                tag, "a segmented lookup table that breaks at byte %d, entry %d".formatted(at, filled));
    }
}

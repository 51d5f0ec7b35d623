package org.countyhub.imaging.dicom;

import java.util.List;

/** A data element (PS3.5 section 7.1): a tag, a value representation and what it holds. */
public sealed interface Element {
    int tag();

    Vr vr();

    /** A value in memory: little endian, as long as it was sent, padding included. The array is never changed. */
    @SuppressWarnings("ArrayRecordComponent") // nobody changes the bytes
    record Bytes(int tag, Vr vr, byte[] value) implements Element {}

    /** The items of a sequence. */
    record Items(int tag, List<Dataset> items) implements Element {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public Vr vr() {
            return Vr.SQ;
        }
    }

    /**
     * A value that was left where it is because it is large.
     *
     * @param position of its first byte, from the first byte of the data set as encoded (inflated, where it is deflated)
     * @param length in bytes, in the byte order of the transfer syntax
     */
    record Bulk(int tag, Vr vr, long position, long length) implements Element {}

    /**
     * Pixel data in fragments (PS3.5 section A.4), left where it is.
     *
     * @param fragments the basic offset table first, which may be empty
     */
    record Fragments(int tag, Vr vr, List<Fragment> fragments) implements Element {
        public Fragments {
            fragments = List.copyOf(fragments);
        }
    }

    /** One fragment; its position counted like that of {@link Bulk}. */
    record Fragment(long position, long length) {}
}

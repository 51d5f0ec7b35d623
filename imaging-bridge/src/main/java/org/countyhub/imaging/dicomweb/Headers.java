package org.countyhub.imaging.dicomweb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.codec.PixelFormat;
import org.countyhub.imaging.study.Stored;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** Headers of instances, read from their files; large values are passed over without being read. */
final class Headers {
    private static final int MAX_FORMATS = 10_000;
    /** Lookup tables and overlays of one image. */
    private static final long MAX_TABLES = 32L * 1024 * 1024;

    private static final int PIECE = 64 * 1024;

    /** Headers that pictures were made with, as objects: those of slides and other images of many frames, of which frame after frame is asked for. */
    private static final long MAX_REMEMBERED = 64L * 1024 * 1024;

    private static final int BYTES_OF_AN_ELEMENT = 160;
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final Blobs blobs;
    private final Cache<String, PixelFormat> formats =
            Caffeine.newBuilder().maximumSize(MAX_FORMATS).build();
    private final Cache<String, Dataset> withTables = Caffeine.newBuilder()
            .maximumWeight(MAX_REMEMBERED)
            .weigher((String ignored, Dataset header) -> weight(header))
            .expireAfterAccess(REMEMBERED)
            .build();

    Headers(Blobs blobs) {
        this.blobs = blobs;
    }

    Dataset of(Stored stored) throws IOException {
        try (InputStream in = blobs.encoded(stored)) {
            return DatasetReader.read(in, stored.transferSyntax(), DatasetReader.Limits.DEFAULT);
        }
    }

    /** What stands before the pixels. */
    Dataset beforePixels(Stored stored) throws IOException {
        try (InputStream in = blobs.encoded(stored)) {
            return DatasetReader.readBefore(
                    Tag.ExtendedOffsetTable, in, stored.transferSyntax(), DatasetReader.Limits.DEFAULT);
        }
    }

    /** How the pixels of an instance lie; Problem.Unprocessable where its header contradicts itself. */
    PixelFormat pixels(Located instance) throws IOException {
        String blob = instance.stored().blob();
        PixelFormat known = formats.getIfPresent(blob);
        if (known != null) {
            return known;
        }
        PixelFormat format = PixelFormat.of(of(instance.stored()));
        formats.put(blob, format);
        return format;
    }

    /** What stands before the pixels, with its lookup tables and overlays, as pictures are made with. */
    Dataset withTables(Stored stored) throws IOException {
        Dataset known = withTables.getIfPresent(stored.blob());
        if (known != null) {
            return known;
        }
        Dataset header = new Tables(stored, true).filled(beforePixels(stored));
        if (header.integer(Tag.NumberOfFrames, 1) > 1) {
            withTables.put(stored.blob(), header);
        }
        return header;
    }

    /** About what a data set takes in memory. */
    private static int weight(Dataset dataset) {
        long weight = 0;
        for (Element element : dataset.elements()) {
            weight += BYTES_OF_AN_ELEMENT;
            switch (element) {
                case Element.Bytes bytes -> weight += bytes.value().length;
                case Element.Items items -> {
                    for (Dataset item : items.items()) {
                        weight += BYTES_OF_AN_ELEMENT + weight(item);
                    }
                }
                case Element.Bulk ignored -> {}
                case Element.Fragments ignored -> {}
            }
        }
        return (int) Math.min(weight, Integer.MAX_VALUE);
    }

    /** The header with all values but pixels. */
    Dataset whole(Stored stored) throws IOException {
        return new Tables(stored, false).filled(of(stored));
    }

    /** Bytes of a value that was left in the file, in little endian. */
    void little(Stored stored, Element.Bulk bulk, long position, long length, OutputStream out) throws IOException {
        int width = stored.transferSyntax().isBigEndian() ? bulk.vr().width() : 1;
        if (width == 1) {
            blobs.dataset(stored, bulk.position() + position, length, out);
            return;
        }
        // In pieces of whole numbers.
        long end = position + length;
        for (long at = position - position % width; at < end; at += PIECE) {
            ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE);
            blobs.dataset(stored, bulk.position() + at, Math.min(PIECE, bulk.length() - at), piece);
            byte[] bytes = piece.toByteArray();
            swap(bytes, width);
            int from = (int) Math.max(0, position - at);
            out.write(bytes, from, (int) Math.min(bytes.length, end - at) - from);
        }
    }

    private static void swap(byte[] bytes, int width) {
        for (int from = 0; width > 1 && from + width <= bytes.length; from += width) {
            for (int i = from, k = from + width - 1; i < k; i++, k--) {
                byte kept = bytes[i];
                bytes[i] = bytes[k];
                bytes[k] = kept;
            }
        }
    }

    /** Fills in the large values of one data set, within a bound. */
    private final class Tables {
        private final Stored stored;
        private final boolean onlyTables;
        private long left = MAX_TABLES;

        Tables(Stored stored, boolean onlyTables) {
            this.stored = stored;
            this.onlyTables = onlyTables;
        }

        Dataset filled(Dataset dataset) throws IOException {
            Dataset.Builder filled = dataset.toBuilder();
            for (Element element : dataset.elements()) {
                switch (element) {
                    case Element.Bulk bulk when isWanted(bulk.tag()) -> filled.set(read(bulk));
                    case Element.Items items -> {
                        List<Dataset> inner = new ArrayList<>();
                        for (Dataset item : items.items()) {
                            inner.add(filled(item));
                        }
                        filled.set(items.tag(), inner);
                    }
                    case Element.Bulk ignored -> {}
                    case Element.Bytes ignored -> {}
                    case Element.Fragments ignored -> {}
                }
            }
            return filled.build();
        }

        private Element read(Element.Bulk bulk) throws IOException {
            left -= bulk.length();
            if (left < 0) {
                throw Problem.unprocessable(Fault.at(
                        Tag.text(bulk.tag()), "too-costly", "values other than pixels are too large for this"));
            }
            ByteArrayOutputStream value = new ByteArrayOutputStream((int) bulk.length());
            little(stored, bulk, 0, bulk.length(), value);
            return new Element.Bytes(bulk.tag(), bulk.vr(), value.toByteArray());
        }

        private boolean isWanted(int tag) {
            if (!onlyTables) {
                return tag != Tag.PixelData;
            }
            return Tag.group(tag) == 0x0028 || (Tag.group(tag) & 0xFF00) == 0x6000;
        }
    }
}

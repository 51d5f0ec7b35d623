package org.countyhub.imaging.dicomweb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.outgoing.StoredValues;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** Headers of instances with large values that were left in their files, within a bound. */
final class LargeValues {
    private static final long MAX_BYTES = 32L * 1024 * 1024;

    private final StoredValues values;
    private final IntPredicate wanted;
    private long left = MAX_BYTES;

    private LargeValues(StoredValues values, IntPredicate wanted) {
        this.values = values;
        this.wanted = wanted;
    }

    /** What stands before the pixels, with its lookup tables and overlays, as pictures are made with. */
    static Dataset tables(BlobStore blobs, Stored stored) throws IOException {
        StoredValues values = new StoredValues(blobs, stored);
        return new LargeValues(values, tag -> Tag.group(tag) == 0x0028 || (Tag.group(tag) & 0xFF00) == 0x6000)
                .filled(values.headerBeforePixels());
    }

    /** A header with all values but pixels. */
    static Dataset whole(BlobStore blobs, Stored stored) throws IOException {
        StoredValues values = new StoredValues(blobs, stored);
        return new LargeValues(values, tag -> tag != Tag.PixelData).filled(values.header());
    }

    private Dataset filled(Dataset dataset) throws IOException {
        Dataset.Builder filled = dataset.toBuilder();
        for (Element element : dataset.elements()) {
            switch (element) {
                case Element.Bulk bulk when wanted.test(bulk.tag()) -> filled.set(read(bulk));
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
            throw Problem.unprocessable(
                    Fault.at(Tag.text(bulk.tag()), "too-costly", "values other than pixels are too large for this"));
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream((int) bulk.length());
        values.copy(bulk, 0, bulk.length(), value);
        return new Element.Bytes(bulk.tag(), bulk.vr(), value.toByteArray());
    }
}

package org.countyhub.imaging.dicomweb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.outgoing.StoredValues;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** The header of one instance with its lookup tables and overlays, as pictures are made with; within a bound. */
final class Tables {
    /** Lookup tables and overlays of one image. */
    private static final long MAX_BYTES = 32L * 1024 * 1024;

    private final StoredValues values;
    private long left = MAX_BYTES;

    private Tables(StoredValues values) {
        this.values = values;
    }

    static Dataset of(BlobStore blobs, Stored stored) throws IOException {
        StoredValues values = new StoredValues(blobs, stored);
        return new Tables(values).filled(values.header());
    }

    private Dataset filled(Dataset dataset) throws IOException {
        Dataset.Builder filled = dataset.toBuilder();
        for (Element element : dataset.elements()) {
            switch (element) {
                case Element.Bulk bulk when isTable(bulk.tag()) -> filled.set(read(bulk));
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
                    Tag.text(bulk.tag()), "too-costly", "lookup tables and overlays are too large for a picture"));
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream((int) bulk.length());
        values.copy(bulk, 0, bulk.length(), value);
        return new Element.Bytes(bulk.tag(), bulk.vr(), value.toByteArray());
    }

    private static boolean isTable(int tag) {
        return Tag.group(tag) == 0x0028 || (Tag.group(tag) & 0xFF00) == 0x6000;
    }
}

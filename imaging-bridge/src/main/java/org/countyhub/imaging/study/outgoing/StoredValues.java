package org.countyhub.imaging.study.outgoing;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.DatasetWriter;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.Stored;

/** The header of a kept instance, and its large values where they lie: little endian and inflated, however they are kept. */
public final class StoredValues {
    private static final int PIECE = 64 * 1024;

    private final BlobStore blobs;
    private final Stored stored;

    public StoredValues(BlobStore blobs, Stored stored) {
        this.blobs = blobs;
        this.stored = stored;
    }

    /** The header as it is kept; large values are passed over without being read. */
    public Dataset header() throws IOException {
        try (InputStream in = all()) {
            return DatasetReader.read(in, stored.transferSyntax(), DatasetReader.Limits.DEFAULT);
        }
    }

    /** The part of the header that stands before the pixels, which in many fragments are long to walk through. */
    public Dataset headerBeforePixels() throws IOException {
        try (InputStream in = all()) {
            return DatasetReader.readBefore(
                    Tag.ExtendedOffsetTable, in, stored.transferSyntax(), DatasetReader.Limits.DEFAULT);
        }
    }

    /** Bytes of a large value, from that one on, in little endian. */
    public void copy(Element.Bulk bulk, long from, long length, OutputStream out) throws IOException {
        copy(bulk.vr(), bulk.position(), bulk.length(), from, length, out);
    }

    private void copy(Vr vr, long position, long size, long from, long length, OutputStream out) throws IOException {
        int width = stored.transferSyntax().isBigEndian() ? vr.width() : 1;
        if (width == 1) {
            asEncoded(position + from, length, out);
            return;
        }
        // In pieces of whole numbers.
        long end = from + length;
        for (long at = from - from % width; at < end; at += PIECE) {
            ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE);
            asEncoded(position + at, Math.min(PIECE, size - at), piece);
            byte[] bytes = piece.toByteArray();
            swap(bytes, width);
            int first = (int) Math.max(0, from - at);
            out.write(bytes, first, (int) Math.min(bytes.length, end - at) - first);
        }
    }

    private static void swap(byte[] bytes, int width) {
        for (int from = 0; from + width <= bytes.length; from += width) {
            for (int i = from, k = from + width - 1; i < k; i++, k--) {
                byte kept = bytes[i];
                bytes[i] = bytes[k];
                bytes[k] = kept;
            }
        }
    }

    /** Bytes of the data set, inflated but in the byte order in which they are kept. */
    void asEncoded(long position, long length, OutputStream out) throws IOException {
        try (InputStream in = stored.transferSyntax().isDeflated()
                ? inflated(position)
                : blobs.open(stored.blob(), stored.datasetPosition() + position, length)) {
            Copy.exactly(in, out, length);
        }
    }

    private InputStream inflated(long position) throws IOException {
        Inflater inflater = new Inflater(true);
        InputStream in = new FilterInputStream(new InflaterInputStream(all(), inflater, 16 * 1024)) {
            @Override
            public void close() throws IOException {
                inflater.end();
                super.close();
            }
        };
        try {
            in.skipNBytes(position);
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private InputStream all() throws IOException {
        return blobs.open(stored.blob(), stored.datasetPosition(), length());
    }

    private long length() {
        return stored.size() - stored.datasetPosition();
    }

    /** Bytes of the file (PS3.10) that it is kept as. */
    public void file(long position, long length, OutputStream out) throws IOException {
        try (InputStream in = blobs.open(stored.blob(), position, length)) {
            Copy.exactly(in, out, length);
        }
    }

    /** The data set as it was sent. */
    void write(OutputStream out) throws IOException {
        try (InputStream in = all()) {
            Copy.exactly(in, out, length());
        }
    }

    /** Writes a data set whose large values are those of the instance; not big endian. */
    void write(Dataset dataset, OutputStream out, TransferSyntax syntax) throws IOException {
        DatasetWriter.Values values = (vr, position, length, into) -> copy(vr, position, length, 0, length, into);
        if (!syntax.isDeflated()) {
            DatasetWriter.write(dataset, out, syntax, values);
            return;
        }
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater, 64 * 1024);
            DatasetWriter.write(dataset, deflated, TransferSyntax.EXPLICIT_LITTLE_ENDIAN, values);
            deflated.finish();
        } finally {
            deflater.end();
        }
    }
}

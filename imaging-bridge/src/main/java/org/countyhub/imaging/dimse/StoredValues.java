package org.countyhub.imaging.dimse;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.DatasetWriter;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.Stored;

/** The header of a kept instance, and its large values where they lie: little endian and inflated, however they are kept. */
final class StoredValues {
    private final BlobStore blobs;
    private final Stored stored;
    /** How many bytes are swapped together, by where the value lies; of big endian data sets only. */
    private final Map<Long, Integer> widths = new HashMap<>();

    StoredValues(BlobStore blobs, Stored stored) {
        this.blobs = blobs;
        this.stored = stored;
    }

    Dataset header() throws IOException {
        try (InputStream in = all()) {
            Dataset header = DatasetReader.read(in, stored.transferSyntax(), DatasetReader.Limits.DEFAULT);
            if (stored.transferSyntax().isBigEndian()) {
                note(header);
            }
            return header;
        }
    }

    private void note(Dataset dataset) {
        for (Element element : dataset.elements()) {
            switch (element) {
                case Element.Bulk bulk -> widths.put(bulk.position(), bulk.vr().width());
                case Element.Items items -> items.items().forEach(this::note);
                case Element.Bytes ignored -> {}
                case Element.Fragments ignored -> {}
            }
        }
    }

    private InputStream all() throws IOException {
        return blobs.open(stored.blob(), stored.datasetPosition(), stored.size() - stored.datasetPosition());
    }

    /** Writes a data set whose large values are those of the instance. */
    void write(Dataset dataset, OutputStream out, TransferSyntax syntax) throws IOException {
        if (!syntax.isDeflated()) {
            DatasetWriter.write(dataset, out, syntax, this::open);
            return;
        }
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater, 64 * 1024);
            DatasetWriter.write(dataset, deflated, TransferSyntax.EXPLICIT_LITTLE_ENDIAN, this::open);
            deflated.finish();
        } finally {
            deflater.end();
        }
    }

    /** Bytes of the data set, inflated and little endian. */
    InputStream open(long position, long length) throws IOException {
        if (stored.transferSyntax().isDeflated()) {
            return inflated(position, length);
        }
        InputStream in = blobs.open(stored.blob(), stored.datasetPosition() + position, length);
        return stored.transferSyntax().isBigEndian() ? new Swapped(in, widths.getOrDefault(position, 1), length) : in;
    }

    private InputStream inflated(long position, long length) throws IOException {
        Inflater inflater = new Inflater(true);
        InputStream in = new InflaterInputStream(all(), inflater, 64 * 1024) {
            @Override
            public void close() throws IOException {
                super.close();
                inflater.end();
            }
        };
        try {
            in.skipNBytes(position);
            return new Part(in, length);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** So many bytes of a stream. */
    private static class Part extends FilterInputStream {
        private long left;

        Part(InputStream in, long length) {
            super(in);
            left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.readNBytes(into, offset, (int) Math.min(length, left));
            if (read == 0 && length > 0) {
                throw new EOFException("a kept instance is shorter than it was");
            }
            left -= read;
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }

    /** The same bytes, each so many of them the other way round. */
    private static final class Swapped extends Part {
        private final int width;
        private final byte[] unit;
        private int at;

        Swapped(InputStream in, int width, long length) {
            super(in, length);
            this.width = width;
            this.unit = new byte[width];
            this.at = width;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = 0;
            while (count < length) {
                if (at == width) {
                    if (super.read(unit, 0, width) < width) {
                        return count == 0 ? -1 : count;
                    }
                    at = 0;
                }
                into[offset + count++] = unit[width - 1 - at++];
            }
            return count;
        }
    }
}

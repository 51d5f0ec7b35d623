package org.countyhub.imaging.dicom.net;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** Reads data sets that are no instances: identifiers of queries, attributes of managed objects. They are small, or refused. */
final class Identifiers {
    /** The references of a storage commitment of 10,000 instances are 1.7 MB. */
    private static final int MAX_BYTES = 8 << 20;

    private Identifiers() {}

    /** Lists of UIDs are long values, and are wanted in memory. */
    private static final DatasetReader.Limits LIMITS =
            new DatasetReader.Limits(1 << 20, 24L << 20, 150_000, 8, 1, MAX_BYTES, 100);

    static Dataset read(InputStream in, String transferSyntaxUid) throws IOException {
        return DatasetReader.read(new Bounded(in), new TransferSyntax(transferSyntaxUid), LIMITS);
    }

    /** A stream that refuses to go on for too long. */
    private static final class Bounded extends FilterInputStream {
        private int left = MAX_BYTES;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return count(1, super.read());
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            return read < 0 ? read : count(read, read);
        }

        private int count(int bytes, int result) {
            left -= bytes;
            if (left < 0) {
                throw new Problem.TooLarge(
                                List.of(Fault.of("too-long", "data set of more than " + MAX_BYTES + " bytes")))
                        .exception();
            }
            return result;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}

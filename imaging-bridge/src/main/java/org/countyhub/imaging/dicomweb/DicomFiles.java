package org.countyhub.imaging.dicomweb;

import java.io.IOException;
import java.io.OutputStream;
import org.countyhub.imaging.study.Stored;

/** Instances as DICOM files (PS3.10): as they are kept, or decoded. */
final class DicomFiles {
    private final Blobs blobs;
    private final ExplicitCopy explicit;

    DicomFiles(Blobs blobs, ExplicitCopy explicit) {
        this.blobs = blobs;
        this.explicit = explicit;
    }

    /** A file to be written, whole or in part. */
    interface File extends Reply.Body {
        /** In bytes; -1 where that is only known when it is written, and then only the whole can be. */
        long size();
    }

    File file(Stored stored, DicomForm form) throws IOException {
        return form.syntax(stored).equals(stored.transferSyntax()) ? new Kept(stored) : explicit.of(stored);
    }

    private final class Kept implements File {
        private final Stored stored;

        Kept(Stored stored) {
            this.stored = stored;
        }

        @Override
        public long size() {
            return stored.size();
        }

        @Override
        public void write(OutputStream out, long position, long length) throws IOException {
            blobs.file(stored, position, length, out);
        }
    }
}

package org.countyhub.imaging.dicomweb;

import java.io.IOException;
import java.io.OutputStream;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.study.Stored;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;

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

        TransferSyntax syntax();

        default String contentType() {
            return Accepted.DICOM + "; transfer-syntax=" + syntax().uid();
        }
    }

    File file(Stored stored, DicomForm form) throws IOException {
        if (stored.transferSyntax().equals(TransferSyntax.EXPLICIT_LITTLE_ENDIAN)
                || !form.isExplicit(stored.transferSyntax())) {
            return new Kept(stored);
        }
        try {
            return explicit.of(stored);
        } catch (ProblemException e) {
            // Whoever left the choice to the hub is better served with what there is than with nothing.
            if (form.wanted() == null && cannotBe(e.problem())) {
                return new Kept(stored);
            }
            throw e;
        }
    }

    /** Whether that will be so as often as it is tried. */
    private static boolean cannotBe(Problem problem) {
        return problem instanceof Problem.Unprocessable
                || problem instanceof Problem.NotAcceptable
                || problem instanceof Problem.TooCostly;
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
        public TransferSyntax syntax() {
            return stored.transferSyntax();
        }

        @Override
        public void write(OutputStream out, long position, long length) throws IOException {
            blobs.file(stored, position, length, out);
        }
    }
}

package org.countyhub.imaging.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.outgoing.Outgoing;
import org.countyhub.imaging.study.outgoing.OutgoingInstances;
import org.countyhub.imaging.study.outgoing.StoredValues;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;

/** Instances as DICOM files (PS3.10): as they are kept, decoded, or with the patient as whoever asks knows them. */
final class DicomFiles {
    /** What files depend on. The address that a client calls from is no header; so they are kept by the client alone. */
    static final String VARY = "Accept, " + Asking.TITLE_HEADER;

    private static final String NAME = "COUNTYHUB";

    private final BlobStore blobs;
    private final OutgoingInstances outgoing;
    private final Asking asking;

    DicomFiles(BlobStore blobs, OutgoingInstances outgoing, Asking asking) {
        this.blobs = blobs;
        this.outgoing = outgoing;
        this.asking = asking;
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

    /** For whoever asks. */
    For to(HttpServletRequest request) {
        return new For(outgoing.to(asking.source(request)));
    }

    /** Files that go in one answer. */
    final class For {
        private final OutgoingInstances.For to;

        private For(OutgoingInstances.For to) {
            this.to = to;
        }

        boolean asKept(Stored stored) {
            return to.asKept(stored);
        }

        /** Names the file, by the patient that it says too, and tells whether the client has it already; see {@link Reply#unchanged}. */
        boolean isKnown(HttpServletRequest request, HttpServletResponse response, Located instance, DicomForm form) {
            response.setHeader("Vary", VARY);
            String mark = instance.mark() + form.mark();
            return asKept(instance.stored())
                    ? Reply.unchanged(request, response, mark)
                    : Reply.equivalent(request, response, mark + "-" + to.mark(instance.stored()));
        }

        File file(Stored stored, DicomForm form) throws IOException {
            try {
                return file(stored, form.syntax(stored, asKept(stored)));
            } catch (ProblemException e) {
                // Whoever left the choice to the hub is better served with what there is than with nothing.
                if (form.wanted() == null && cannotBe(e.problem())) {
                    return file(stored, stored.transferSyntax());
                }
                throw e;
            }
        }

        private File file(Stored stored, TransferSyntax syntax) throws IOException {
            Outgoing instance = to.prepare(stored, syntax);
            return instance.asKept() ? new Kept(stored) : new Written(stored, instance);
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
            new StoredValues(blobs, stored).file(position, length, out);
        }
    }

    private record Written(Stored stored, Outgoing instance) implements File {
        @Override
        public TransferSyntax syntax() {
            return instance.transferSyntax();
        }

        @Override
        public long size() {
            return -1;
        }

        @Override
        public void write(OutputStream out, long position, long ignored) throws IOException {
            if (position != 0) {
                throw new IllegalArgumentException("only the whole");
            }
            out.write(Part10.header(
                    new Part10.FileMeta(instance.transferSyntax(), stored.sopClassUid(), stored.sopInstanceUid()),
                    NAME));
            instance.data().writeTo(out);
        }
    }
}

package org.countyhub.imaging.study.outgoing;

import java.io.IOException;
import java.io.OutputStream;
import org.countyhub.imaging.dicom.TransferSyntax;

/**
 * An instance that is ready to go; what can be known to fail has failed before.
 *
 * @param transferSyntax that its data set is written in
 * @param asKept whether that are the very bytes that came in
 * @param data set
 */
public record Outgoing(TransferSyntax transferSyntax, boolean asKept, Data data) {
    /** Writes a data set. */
    @FunctionalInterface
    public interface Data {
        void writeTo(OutputStream out) throws IOException;
    }
}

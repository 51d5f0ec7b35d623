package org.countyhub.bench.dicom;

import java.io.IOException;

/** The called side does not want the association, or does not want to go on with it. */
public final class AssociationRefused extends IOException {
    private static final long serialVersionUID = 1L;

    AssociationRefused(String message) {
        super(message);
    }
}

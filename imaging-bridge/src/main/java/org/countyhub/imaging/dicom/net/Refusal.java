package org.countyhub.imaging.dicom.net;

/** Ends an operation with a status that only DIMSE knows. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Status status;

    Refusal(Status status) {
        super(status.comment(), null, false, false);
        this.status = status;
    }

    Status status() {
        return status;
    }
}

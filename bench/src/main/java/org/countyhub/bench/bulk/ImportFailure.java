package org.countyhub.bench.bulk;

/** The load cannot go on; the message says why to whoever started it. */
public final class ImportFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ImportFailure(String message) {
        super(message);
    }
}

package org.countyhub.bench.load;

/** A run that does not count: an unexpected answer, a server that does not start, wrong results. */
final class LoadFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoadFailure(String message) {
        super(message);
    }

    LoadFailure(String message, Throwable cause) {
        super(message, cause);
    }
}

package org.countyhub.bench.load;

/** A run that does not count: an unexpected answer, a server that does not start, wrong results. */
public final class LoadFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LoadFailure(String message) {
        super(message);
    }

    public LoadFailure(String message, Throwable cause) {
        super(message, cause);
    }
}

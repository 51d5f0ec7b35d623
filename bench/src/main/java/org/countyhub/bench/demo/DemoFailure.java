package org.countyhub.bench.demo;

/** Why the demo stops; the message is for the person at the terminal. */
final class DemoFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoFailure(String message) {
        super(message, null, false, false);
    }
}

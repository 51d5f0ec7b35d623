package org.countyhub.bench.demo;

import java.io.PrintStream;

/** How far the load is: one line redrawn on a terminal, else a line at every tenth. Safe for threads. */
final class Progress {
    private static final int WIDTH = 30;
    private static final int REDRAWS = 200;
    private static final int LINES = 10;

    private final PrintStream out;
    private final boolean terminal;
    private final String what;
    private final int total;
    private final long startNanos = System.nanoTime();
    private int done;

    Progress(PrintStream out, boolean terminal, String what, int total) {
        this.out = out;
        this.terminal = terminal;
        this.what = what;
        this.total = total;
    }

    synchronized void advance(int by) {
        int before = done;
        done += by;
        int steps = terminal ? REDRAWS : LINES;
        if (step(before, steps) != step(done, steps)) {
            draw();
        }
    }

    /** Ends the line on a terminal, so that what follows starts on its own. */
    synchronized void end() {
        if (terminal) {
            out.println();
        }
    }

    private int step(int count, int steps) {
        return (int) ((long) count * steps / total);
    }

    private void draw() {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        String numbers = "%,d of %,d %s, %,.0f/s".formatted(done, total, what, done / Math.max(seconds, 1e-3));
        if (terminal) {
            int filled = step(done, WIDTH);
            out.print("\r[" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + numbers + "   ");
            out.flush();
        } else {
            out.println(numbers);
        }
    }
}

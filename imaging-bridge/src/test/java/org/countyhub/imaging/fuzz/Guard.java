package org.countyhub.imaging.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Holds a target to its promises for one input: time, memory, and no other exceptions than those by which it refuses. */
record Guard(Duration time, long bytes) {
    static final Guard DEFAULT = new Guard(Duration.ofSeconds(2), 512L << 20);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What one run took. */
    private record Cost(Duration time, long bytes) {}

    /**
     * Runs the target; time is that of the processor, since a machine may have other things to do. What takes too much is run once more,
     * since the first time loads classes.
     *
     * @throws AssertionError where a promise is broken
     */
    void run(FuzzTarget target, byte[] input) {
        if (isTooMuch(measure(target, input))) {
            Cost again = measure(target, input);
            if (isTooMuch(again)) {
                throw new AssertionError("it took " + again.time() + " and " + again.bytes() + " bytes");
            }
        }
    }

    private boolean isTooMuch(Cost cost) {
        return cost.time().compareTo(time) > 0 || cost.bytes() > bytes;
    }

    private static Cost measure(FuzzTarget target, byte[] input) {
        long begun = THREADS.getCurrentThreadCpuTime();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        try {
            target.run(input);
        } catch (Exception e) {
            if (!target.isRefusal(e)) {
                throw new AssertionError("that is no refusal", e);
            }
        } catch (StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError("too much", e);
        }
        return new Cost(
                Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - begun),
                THREADS.getCurrentThreadAllocatedBytes() - allocated);
    }
}

package pm.core.process;

import java.util.function.Consumer;

/** Steps that are due, first come first served, and the loop of the threads that run them. Needs no memory, also not for its waits: a monitor allocates nothing, unlike the conditions of java.util.concurrent. Safe for use by any thread. */
final class StepQueue {
    private final Consumer<Throwable> failures;
    private Step first;
    private Step last;
    private boolean closed;

    /**
     * Empty.
     *
     * @param failures is given what a step throws, the first time in a row that it throws
     */
    StepQueue(Consumer<Throwable> failures) {
        this.failures = failures;
    }

    /** Adds a step, unless it is waiting already. After {@link #close()} nothing is added. */
    synchronized void add(Step step) {
        if (!closed && step.wanted()) {
            append(step);
        }
    }

    private void append(Step step) {
        if (last == null) {
            first = step;
        } else {
            last.setBehind(step);
        }
        last = step;
        notify();
    }

    /** Runs steps until the queue is closed and empty. */
    void work() {
        for (Step step = take(); step != null; step = take()) {
            Throwable failure = step.run();
            ran(step);
            if (failure != null) {
                report(failure);
            }
        }
    }

    private synchronized Step take() {
        while (first == null && !closed) {
            try {
                wait();
            } catch (InterruptedException mistake) {
                // Nobody has a reason to interrupt this thread: it looks, and waits again.
            }
        }
        Step taken = first;
        if (taken != null) {
            first = taken.behind();
            last = first == null ? null : last;
            taken.setBehind(null);
            taken.begins();
        }
        return taken;
    }

    private synchronized void ran(Step step) {
        if (step.ends()) {
            append(step);
        }
    }

    private void report(Throwable failure) {
        try {
            failures.accept(failure);
        } catch (Throwable unreported) { // the report of a failure must not end the thread that runs all other steps
            HeapReserve.release();
        }
    }

    /** Takes no more steps; what waits is run. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}

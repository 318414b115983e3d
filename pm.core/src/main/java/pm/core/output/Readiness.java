package pm.core.output;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.function.Consumer;

/** Lets a thread wait until a pipe is ready, closed, or without a tree behind it. Safe for use by any thread. */
final class Readiness {
    private final Consumer<Runnable> whenReady;
    private boolean armed;
    private boolean ready;
    private boolean closed;
    private boolean treeGone;

    /**
     * For one pipe.
     *
     * @param whenReady the pipe's method: one call outstanding at a time
     */
    Readiness(Consumer<Runnable> whenReady) {
        this.whenReady = whenReady;
    }

    /** Asks to be told when the pipe is ready, unless that is asked already. */
    void arm() {
        synchronized (this) {
            if (armed || closed) {
                return;
            }
            armed = true;
            ready = false;
        }
        whenReady.accept(this::fire);
    }

    private synchronized void fire() {
        armed = false;
        ready = true;
        notifyAll();
    }

    /** Waits until the pipe is ready; returns at once when the tree is gone, since nothing will change any more. */
    void await() throws IOException {
        arm();
        synchronized (this) {
            while (!ready && !closed && !treeGone) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    InterruptedIOException interrupted = new InterruptedIOException(
                            "Could not wait for the child's pipe: the thread was interrupted");
                    interrupted.initCause(e);
                    throw interrupted;
                }
            }
        }
    }

    /** Whether something came since the last {@link #arm()}, and was not waited for again. */
    synchronized boolean isReady() {
        return ready;
    }

    synchronized void treeGone() {
        treeGone = true;
        notifyAll();
    }

    synchronized boolean isTreeGone() {
        return treeGone;
    }

    /** Closes once. */
    synchronized boolean close() {
        boolean first = !closed;
        closed = true;
        notifyAll();
        return first;
    }

    synchronized boolean isClosed() {
        return closed;
    }
}

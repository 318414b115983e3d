package pm.core.backend;

import java.util.concurrent.CompletableFuture;

/**
 * Lets starts of processes in until it is closed, and tells when the last of those that were under way is through. The lock is held for the
 * arithmetic only. Safe for use by any thread.
 */
public final class Gate {
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
    private int inside;
    private boolean closed;

    /** Lets one in, or not: then nothing follows; else {@link #leave()} must. */
    public synchronized boolean enter() {
        if (closed) {
            return false;
        }
        inside++;
        return true;
    }

    /** The start is through: the process is in the books, or there is none. */
    public void leave() {
        boolean last;
        synchronized (this) {
            inside--;
            last = closed && inside == 0;
        }
        if (last) {
            settled.complete(null);
        }
    }

    /** Lets nobody in from now on. Idempotent. */
    public void close() {
        boolean nobody;
        synchronized (this) {
            closed = true;
            nobody = inside == 0;
        }
        if (nobody) {
            settled.complete(null);
        }
    }

    /** Completes when it is closed and nobody is inside any more. */
    public CompletableFuture<Void> settled() {
        return settled;
    }
}

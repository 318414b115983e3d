package pm.backend.posix.events;

import java.io.IOException;
import java.time.Duration;
import pm.backend.posix.events.Poller.Interest;
import pm.backend.posix.libc.Descriptors;
import pm.backend.posix.libc.LibcException;

/** What both ends of pipes have in common: a non-blocking descriptor, armed for one event at a time. Safe for use by any thread. */
final class PipeEnd {
    /** When the kernel refuses to watch one more descriptor: look again after so long. */
    private static final Duration UNWATCHED_INTERVAL = Duration.ofMillis(10);

    private static final long NOT_WATCHED = 0;

    private final EventLoop loop;
    private final int descriptor;
    private long key = NOT_WATCHED;
    private Runnable waiting;
    private boolean closed;

    /** A read or write of the descriptor. */
    interface Transfer {
        int run(int descriptor) throws LibcException;
    }

    PipeEnd(int descriptor, EventLoop loop) {
        this.descriptor = descriptor;
        this.loop = loop;
    }

    /**
     * Reads or writes.
     *
     * @return 0 when it would have blocked
     */
    synchronized int transfer(Transfer transfer) throws IOException {
        if (closed) {
            throw new IOException("Could not use a pipe: it was closed");
        }
        try {
            return transfer.run(descriptor);
        } catch (LibcException refused) {
            if (Descriptors.wouldBlock(refused)) {
                return 0;
            }
            throw new IOException("Could not use a pipe: " + refused.getMessage(), refused);
        }
    }

    /** Calls back once when the interest is met or the end is closed. */
    synchronized void whenReady(Interest interest, Runnable callback) {
        if (waiting != null) {
            throw new IllegalStateException("Could not wait for a pipe twice: wait until the first callback came");
        }
        if (closed) {
            loop.execute(callback);
            return;
        }
        waiting = callback;
        try {
            try {
                if (key == NOT_WATCHED) {
                    key = loop.addOnce(descriptor, interest, this::ready);
                } else {
                    loop.again(descriptor, interest, key);
                }
            } catch (LibcException refused) {
                loop.after(UNWATCHED_INTERVAL, this::ready);
            }
        } catch (OutOfMemoryError full) {
            // Whoever wants to wait has to try again.
            waiting = null;
            throw full;
        }
    }

    private void ready() {
        Runnable callback;
        synchronized (this) {
            callback = waiting;
            waiting = null;
        }
        if (callback == null) {
            return;
        }
        try {
            callback.run();
        } catch (OutOfMemoryError full) {
            // The loop runs this again.
            keep(callback);
            throw full;
        }
    }

    private synchronized void keep(Runnable callback) {
        if (waiting == null) {
            waiting = callback;
        }
    }

    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (key != NOT_WATCHED) {
            loop.remove(descriptor, key);
        }
        Descriptors.close(descriptor);
        if (waiting != null) {
            loop.execute(this::ready);
        }
    }
}

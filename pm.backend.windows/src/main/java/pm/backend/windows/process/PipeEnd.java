package pm.backend.windows.process;

import java.io.IOException;
import pm.backend.windows.kernel.CompletionPort;
import pm.backend.windows.kernel.Handle;
import pm.backend.windows.kernel.NearPipe;
import pm.backend.windows.kernel.WindowsException;

/** What both ends of pipes have in common: one callback at a time. Safe for use by any thread. */
abstract class PipeEnd implements PortLoop.Handler {
    private final PortLoop loop;
    private final NearPipe pipe;
    private final long key;
    private Runnable waiting;
    private boolean closed;
    private boolean released;

    /** A read or write. */
    interface Transfer {
        int run(NearPipe pipe) throws WindowsException;
    }

    /** The handle is its own from now on, also when this fails. */
    PipeEnd(Handle handle, PortLoop loop) throws WindowsException {
        this.loop = loop;
        this.key = loop.add(this);
        try {
            this.pipe = new NearPipe(handle, loop.port(), key);
        } catch (WindowsException refused) {
            loop.remove(key);
            handle.close();
            throw refused;
        }
    }

    synchronized int transfer(Transfer transfer) throws IOException {
        if (closed) {
            throw new IOException("Could not use a pipe: it was closed");
        }
        try {
            return transfer.run(pipe);
        } catch (WindowsException refused) {
            throw new IOException("Could not use a pipe: " + refused.getMessage(), refused);
        }
    }

    public synchronized void whenReady(Runnable callback) {
        if (waiting != null) {
            throw new IllegalStateException("Could not wait for a pipe twice: wait until the first callback came");
        }
        waiting = callback;
        if (closed || isReady(pipe)) {
            loop.execute(this::ready);
        }
    }

    /** Whether there is something already; if not, a packet is to come. Called with the lock held. */
    abstract boolean isReady(NearPipe open);

    /** Whether what is under way when it is closed is to arrive all the same. */
    abstract boolean endsWhenThrough();

    @Override
    public void came(CompletionPort.Packet packet) {
        synchronized (this) {
            pipe.completed();
            if (closed) {
                release();
            }
        }
        ready();
    }

    /** Nothing is told of any more: what is under way is taken back. */
    @Override
    public synchronized void abandoned() {
        if (closed) {
            release();
        } else {
            pipe.cancel();
        }
    }

    private void ready() {
        Runnable callback;
        synchronized (this) {
            callback = waiting;
            waiting = null;
        }
        if (callback != null) {
            callback.run();
        }
    }

    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!(pipe.isPending() && endsWhenThrough() && loop.isAlive())) {
            release();
        }
        if (waiting != null) {
            loop.execute(this::ready);
        }
    }

    private void release() {
        if (!released) {
            released = true;
            loop.remove(key);
            pipe.close();
        }
    }
}

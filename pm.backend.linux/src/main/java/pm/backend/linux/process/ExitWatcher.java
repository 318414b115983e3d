package pm.backend.linux.process;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import pm.backend.linux.kernel.Epoll;
import pm.backend.linux.kernel.KernelException;
import pm.backend.posix.events.EventLoop;
import pm.backend.posix.events.Poller.Interest;
import pm.backend.posix.events.Watch;
import pm.backend.posix.libc.LibcException;

/**
 * One thread for all exits of a manager: pidfds, channels of launchers and {@code cgroup.events} in one epoll. Watching is level-triggered:
 * a callback is repeated until what it was called for is taken away or its watch is closed. Callbacks run on the thread and must not block.
 * Safe for use by any thread.
 */
public final class ExitWatcher implements Executor, AutoCloseable {
    private final EventLoop loop;

    private ExitWatcher(EventLoop loop) {
        this.loop = loop;
    }

    /**
     * Starts the thread {@code pm-<instance>-exits}.
     *
     * @param trouble hears what goes wrong on the thread
     */
    public static ExitWatcher start(String instanceId, Consumer<String> trouble) throws KernelException {
        return new ExitWatcher(new EventLoop("pm-" + instanceId + "-exits", new Epoll(), trouble));
    }

    /** Calls back while a descriptor is readable: a pidfd once its process has ended. */
    public Watch onReadable(int descriptor, Runnable callback) throws KernelException {
        return watch(descriptor, Interest.READABLE, callback);
    }

    /** Calls back while a descriptor has urgent news: {@code cgroup.events} when it has changed since it was read last. */
    public Watch onPriority(int descriptor, Runnable callback) throws KernelException {
        return watch(descriptor, Interest.URGENT, callback);
    }

    private Watch watch(int descriptor, Interest interest, Runnable callback) throws KernelException {
        try {
            long key = loop.add(descriptor, interest, callback);
            return () -> loop.remove(descriptor, key);
        } catch (LibcException refused) {
            throw new KernelException("watch descriptor " + descriptor, refused.errno());
        }
    }

    /** Runs a task on the thread, soon. */
    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    /** Runs a task on the calling thread, as callbacks are run: again after a pause while the heap is full. For what a future would swallow. */
    public void insist(Runnable task) {
        loop.insist(task);
    }

    /** Runs a task on the thread, once, later; never if it is closed before. */
    public void after(Duration delay, Runnable task) {
        loop.after(delay, task);
    }

    /** Calls back again and again, from now on, where there is nothing that could be watched. */
    public Watch every(Duration interval, Runnable callback) {
        AtomicBoolean closed = new AtomicBoolean();
        Runnable look = new Runnable() {
            @Override
            public void run() {
                if (!closed.get()) {
                    callback.run();
                    loop.after(interval, this);
                }
            }
        };
        loop.execute(look);
        return () -> closed.set(true);
    }

    /** Whether the thread runs. */
    public boolean isAlive() {
        return loop.isAlive();
    }

    /** Ends the thread and waits for it. Idempotent. */
    @Override
    public void close() {
        loop.close();
    }
}

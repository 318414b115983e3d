package pm.backend.posix.events;

import java.time.Duration;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import pm.backend.posix.events.Poller.Interest;
import pm.backend.posix.libc.LibcException;

/** One daemon thread that waits in one poller and runs what it finds. Safe for use by any thread. */
public final class EventLoop implements AutoCloseable {
    private static final long NO_KEY = 0;

    /** A callback for which there is no memory is run again for this long, in steps of the pause; those of other descriptors wait meanwhile. */
    private static final int MOST_TRIES = 1_200;

    private static final long PAUSE_MILLIS = 50;

    /** Callbacks of ours return at once. */
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    /** What callbacks need when the heap is full: they make a few small objects. */
    private static final int RESERVE = 64 * 1024;

    private final Poller poller;
    private final Object waking = new Object();
    private final Consumer<String> trouble;
    private final Thread thread;
    /** Keys are never used twice, so an event that was under way for a removed descriptor finds nobody. */
    private final AtomicLong lastKey = new AtomicLong(NO_KEY);

    private final Map<Long, Runnable> handlers = new ConcurrentHashMap<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    /** Made once: the thread itself shall need no memory. */
    private final Poller.Sink sink = this::handle;

    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    /** Released for good when the heap was full once. */
    private volatile byte[] reserve = new byte[RESERVE];

    private volatile boolean closed;

    private record Timer(long due, long order, Runnable task) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            // nanoTime may overflow: only differences mean anything.
            int byTime = Long.signum(due - other.due);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /**
     * Starts the thread.
     *
     * @param poller closed at its end
     * @param trouble hears what goes wrong on it
     */
    public EventLoop(String name, Poller poller, Consumer<String> trouble) {
        this.poller = poller;
        this.trouble = trouble;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Watches a descriptor.
     *
     * @return its key, for {@link #remove}
     */
    public long add(int descriptor, Interest interest, Runnable handler) throws LibcException {
        return add(handler, key -> poller.add(descriptor, interest, key));
    }

    /** How something is handed to the poller. */
    public interface Registration {
        /** With its key. */
        void add(long key) throws LibcException;
    }

    /** Watches what only this kind of poller knows, and what therefore needs no end but {@link #forget}. */
    public long add(Runnable handler, Registration registration) throws LibcException {
        long key = lastKey.incrementAndGet();
        handlers.put(key, handler);
        try {
            registration.add(key);
        } catch (LibcException refused) {
            handlers.remove(key);
            throw refused;
        }
        return key;
    }

    /** Nothing more is told under this key. */
    public void forget(long key) {
        handlers.remove(key);
    }

    /** Watches a descriptor for one event. */
    long addOnce(int descriptor, Interest interest, Runnable handler) throws LibcException {
        return add(handler, key -> poller.addOnce(descriptor, interest, key));
    }

    void again(int descriptor, Interest interest, long key) throws LibcException {
        poller.again(descriptor, interest, key);
    }

    /** Ends watching; nothing when that was done before. */
    public void remove(int descriptor, long key) {
        if (handlers.remove(key) != null) {
            try {
                poller.remove(descriptor);
            } catch (LibcException gone) {
                if (closed) {
                    return;
                }
                trouble.accept("Could not stop watching descriptor " + descriptor + ": " + gone.getMessage());
            }
        }
    }

    /** Runs a task on the thread, soon. */
    public void execute(Runnable task) {
        tasks.add(task);
        wakeup();
    }

    /** Runs a task on the thread, once, later. */
    public void after(Duration delay, Runnable task) {
        synchronized (timers) {
            timers.add(new Timer(System.nanoTime() + delay.toNanos(), lastKey.incrementAndGet(), task));
        }
        wakeup();
    }

    /** Whether the thread runs. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    private void wakeup() {
        if (Thread.currentThread() != thread) {
            synchronized (waking) {
                if (!closed) {
                    poller.wake();
                }
            }
        }
    }

    private void run() {
        try {
            while (!closed) {
                turn();
            }
        } catch (LibcException broken) {
            trouble.accept("Could not wait for events in " + thread.getName() + ": " + broken.getMessage()
                    + "; close the manager and open a new one");
        } finally {
            runTasks();
            poller.close();
        }
    }

    private void turn() throws LibcException {
        try {
            poller.await(patience(), sink);
            runDue();
            runTasks();
        } catch (OutOfMemoryError full) {
            pause();
        }
    }

    private void handle(long key) {
        Runnable handler = null;
        for (boolean found = false; !found; ) {
            try {
                handler = handlers.get(key);
                found = true;
            } catch (OutOfMemoryError full) {
                pause();
            }
        }
        if (handler != null) {
            insist(handler);
        }
    }

    private int patience() {
        if (!tasks.isEmpty()) {
            return 0;
        }
        synchronized (timers) {
            Timer next = timers.peek();
            if (next == null) {
                return -1;
            }
            // Rounded up, so that it is not woken a moment too early and spins.
            long left = Math.max(0, next.due - System.nanoTime() + 999_999) / 1_000_000;
            return (int) Math.min(left, Integer.MAX_VALUE);
        }
    }

    private void runDue() {
        for (Timer timer = takeDue(); timer != null; timer = takeDue()) {
            insist(timer.task);
        }
    }

    private Timer takeDue() {
        synchronized (timers) {
            Timer next = timers.peek();
            return next != null && next.due - System.nanoTime() <= 0 ? timers.poll() : null;
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            insist(task);
        }
    }

    /**
     * Runs a callback, and again after a pause while the heap is full: what it was called for would be lost, and with it the end of a process. Any
     * other failure is one caller's mistake, which must not end the watching of all others.
     */
    public void insist(Runnable task) {
        for (int tries = 1; ; tries++) {
            try {
                task.run();
                return;
            } catch (OutOfMemoryError full) {
                if (tries == MOST_TRIES) {
                    report(full);
                    return;
                }
                pause();
            } catch (RuntimeException | Error mistake) {
                report(mistake);
                return;
            }
        }
    }

    private void report(Throwable mistake) {
        try {
            trouble.accept("Could not finish a callback in " + thread.getName() + ": " + mistake);
        } catch (RuntimeException | Error unreported) {
            pause();
        }
    }

    /** Lets others free memory. Needs none itself. */
    private void pause() {
        if (reserve != null) {
            reserve = null;
        }
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException mistake) {
            // Nobody has a reason to interrupt this thread: it goes on.
            return;
        }
    }

    /**
     * Ends the thread, after tasks that were handed in before. A callback that does not return, as one that calls {@link System#exit(int)} and so waits
     * for the caller of this method, delays it by a few seconds; the thread then closes the poller whenever it ends. Idempotent.
     */
    @Override
    public void close() {
        synchronized (waking) {
            if (!closed) {
                closed = true;
                poller.wake();
            }
        }
        if (Thread.currentThread() != thread) {
            awaitEnd();
        }
    }

    private void awaitEnd() {
        long begin = System.nanoTime();
        boolean interrupted = false;
        for (long left = CLOSE_WAIT.toNanos(); left > 0 && thread.isAlive(); ) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = CLOSE_WAIT.toNanos() - (System.nanoTime() - begin);
        }
        if (thread.isAlive()) {
            trouble.accept("Could not end " + thread.getName() + " within " + CLOSE_WAIT.toSeconds()
                    + " s: a callback on it has not returned");
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

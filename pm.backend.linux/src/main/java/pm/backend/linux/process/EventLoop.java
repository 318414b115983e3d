package pm.backend.linux.process;

import java.time.Duration;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import pm.backend.linux.kernel.Epoll;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.kernel.Wakeup;

/** One daemon thread that waits in one epoll and runs what it finds. Safe for use by any thread. */
final class EventLoop implements AutoCloseable {
    private static final long WAKEUP_KEY = 0;

    private final Epoll epoll;
    private final Wakeup wakeup;
    private final Consumer<String> trouble;
    private final Thread thread;
    /** Keys are never used twice, so an event that was under way for a removed descriptor finds nobody. */
    private final AtomicLong lastKey = new AtomicLong(WAKEUP_KEY);

    private final Map<Long, Runnable> handlers = new ConcurrentHashMap<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private volatile boolean closed;

    private record Timer(long due, long order, Runnable task) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            // nanoTime may overflow: only differences mean anything.
            int byTime = Long.signum(due - other.due);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    EventLoop(String name, Consumer<String> trouble) throws KernelException {
        this.trouble = trouble;
        this.epoll = new Epoll();
        Wakeup made = null;
        try {
            made = new Wakeup();
            epoll.add(made.descriptor(), Epoll.IN, WAKEUP_KEY);
        } catch (KernelException refused) {
            epoll.close();
            if (made != null) {
                made.close();
            }
            throw refused;
        }
        this.wakeup = made;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Watches a descriptor.
     *
     * @return its key, for {@link #change} and {@link #remove}
     */
    long add(int descriptor, int interest, Runnable handler) throws KernelException {
        long key = lastKey.incrementAndGet();
        handlers.put(key, handler);
        try {
            epoll.add(descriptor, interest, key);
        } catch (KernelException refused) {
            handlers.remove(key);
            throw refused;
        }
        return key;
    }

    void change(int descriptor, int interest, long key) throws KernelException {
        epoll.change(descriptor, interest, key);
    }

    /** Ends watching; nothing when that was done before. */
    void remove(int descriptor, long key) {
        if (handlers.remove(key) != null) {
            try {
                epoll.remove(descriptor);
            } catch (KernelException gone) {
                if (closed) {
                    return;
                }
                trouble.accept("Could not stop watching descriptor " + descriptor + ": " + gone.getMessage());
            }
        }
    }

    /** Runs a task on the thread, soon. */
    void execute(Runnable task) {
        tasks.add(task);
        wakeup();
    }

    /** Runs a task on the thread, once, later. */
    void after(Duration delay, Runnable task) {
        synchronized (timers) {
            timers.add(new Timer(System.nanoTime() + delay.toNanos(), lastKey.incrementAndGet(), task));
        }
        wakeup();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    private void wakeup() {
        if (Thread.currentThread() != thread) {
            synchronized (wakeup) {
                if (!closed) {
                    wakeup.signal();
                }
            }
        }
    }

    private void run() {
        try {
            while (!closed) {
                epoll.await(patience(), this::handle);
                runDue();
                runTasks();
            }
        } catch (KernelException broken) {
            trouble.accept("Could not wait for events in " + thread.getName() + ": " + broken.getMessage()
                    + "; close the manager and open a new one");
        } finally {
            runTasks();
            epoll.close();
            wakeup.close();
        }
    }

    private void handle(long key) {
        if (key == WAKEUP_KEY) {
            wakeup.clear();
            return;
        }
        Runnable handler = handlers.get(key);
        if (handler != null) {
            runGuarded(handler);
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
            runGuarded(timer.task);
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
            runGuarded(task);
        }
    }

    /** One caller's mistake must not end the watching of all others. */
    private void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error mistake) {
            trouble.accept("Could not finish a callback in " + thread.getName() + ": " + mistake);
        }
    }

    /** Ends the thread, after tasks that were handed in before. Idempotent. */
    @Override
    public void close() {
        synchronized (wakeup) {
            if (!closed) {
                closed = true;
                wakeup.signal();
            }
        }
        if (Thread.currentThread() != thread) {
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

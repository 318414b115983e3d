package pm.backend.windows.process;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import pm.backend.windows.kernel.CompletionPort;
import pm.backend.windows.kernel.WindowsException;

/**
 * One daemon thread that waits at one completion port and runs what comes. A manager has two: one hears of the ends of processes, the other
 * of pipes. Callbacks run on the thread and must not block. Safe for use by any thread.
 */
public final class PortLoop implements Executor, AutoCloseable {
    private static final long WAKEUP_KEY = 0;

    private final CompletionPort port;
    private final Consumer<String> trouble;
    private final Thread thread;
    /** Keys are never used twice, so a packet that was under way for something removed finds nobody. */
    private final AtomicLong lastKey = new AtomicLong(WAKEUP_KEY);

    private final Map<Long, Handler> handlers = new ConcurrentHashMap<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Timers timers = new Timers();
    /** Held while something is posted, so that the port is open then. */
    private final Object posting = new Object();

    private volatile boolean closed;

    /** Who hears of what comes under a key. */
    public interface Handler {
        /** Something came. */
        void came(CompletionPort.Packet packet);

        /** The thread is about to end: nothing comes any more. */
        default void abandoned() {}
    }

    private PortLoop(String name, CompletionPort port, Consumer<String> trouble) {
        this.port = port;
        this.trouble = trouble;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /**
     * Starts the thread.
     *
     * @param trouble hears what goes wrong on the thread
     */
    public static PortLoop start(String name, Consumer<String> trouble) throws WindowsException {
        PortLoop loop = new PortLoop(name, new CompletionPort(), trouble);
        loop.thread.start();
        return loop;
    }

    /** The port, for what is to be told of here. */
    public CompletionPort port() {
        return port;
    }

    /**
     * Takes someone in.
     *
     * @return the key under which it hears
     */
    public long add(Handler handler) {
        long key = lastKey.incrementAndGet();
        handlers.put(key, handler);
        return key;
    }

    /** What comes under this key from now on is for nobody. */
    public void remove(long key) {
        handlers.remove(key);
    }

    /** Runs a task on the thread, soon. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        wakeup();
    }

    /** Runs a task on the thread, once, later; never if it is closed before. */
    public void after(Duration delay, Runnable task) {
        timers.add(delay, task);
        wakeup();
    }

    /** Runs a task on the thread again and again, until what is returned is run. */
    public Runnable every(Duration interval, Runnable task) {
        AtomicBoolean over = new AtomicBoolean();
        Runnable again = new Runnable() {
            @Override
            public void run() {
                if (!over.get()) {
                    task.run();
                    after(interval, this);
                }
            }
        };
        after(interval, again);
        return () -> over.set(true);
    }

    /** Whether the thread runs. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    private void wakeup() {
        if (Thread.currentThread() != thread) {
            synchronized (posting) {
                if (!closed) {
                    post();
                }
            }
        }
    }

    private void post() {
        try {
            port.post(WAKEUP_KEY);
        } catch (WindowsException refused) {
            trouble.accept("Could not wake " + thread.getName() + ": " + refused.getMessage());
        }
    }

    private void run() {
        try {
            while (!closed) {
                int patience = tasks.isEmpty() ? timers.patience() : 0;
                port.await(patience).ifPresent(this::handle);
                timers.takeDue().forEach(this::runGuarded);
                runTasks();
            }
        } catch (WindowsException broken) {
            trouble.accept("Could not wait for events in " + thread.getName() + ": " + broken.getMessage()
                    + "; close the manager and open a new one");
        } finally {
            runTasks();
            handlers.values().forEach(handler -> runGuarded(handler::abandoned));
            synchronized (posting) {
                port.close();
            }
        }
    }

    private void handle(CompletionPort.Packet packet) {
        Handler handler = handlers.get(packet.key());
        if (handler != null) {
            runGuarded(() -> handler.came(packet));
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
        synchronized (posting) {
            if (!closed) {
                closed = true;
                post();
            }
        }
        if (Thread.currentThread() == thread) {
            return;
        }
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

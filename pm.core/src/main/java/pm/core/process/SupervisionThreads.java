package pm.core.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import pm.spi.Uninterrupted;

/**
 * The threads of one manager's supervision. They are started when it is made and end when it is closed: a tree may use up what the system has
 * of threads, and must end all the same. See the package's description.
 */
public final class SupervisionThreads implements AutoCloseable {
    /** Steps of different trees are taken side by side, so that a slow look at one tree does not hold up the others. */
    private static final int WORKERS = 4;

    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final StepTimer timer = new StepTimer();
    private final StepQueue queue;
    private final List<Thread> own = new ArrayList<>();
    private final ScheduledThreadPoolExecutor housekeeping;
    private final ThreadPoolExecutor callers;
    private final Consumer<Throwable> failures;

    /**
     * Starts them.
     *
     * @param instanceId in the threads' names
     * @param failures is given exceptions that no task should have thrown
     * @throws OutOfMemoryError when the system refuses a thread; then none is left
     */
    public SupervisionThreads(String instanceId, Consumer<Throwable> failures) {
        this.failures = failures;
        HeapReserve.fill();
        queue = new StepQueue(failures);
        String prefix = "pm-" + instanceId + "-";
        own.add(daemon(timer::work, prefix + "timer"));
        for (int worker = 1; worker <= WORKERS; worker++) {
            own.add(daemon(queue::work, prefix + "worker-" + worker));
        }
        housekeeping = new ScheduledThreadPoolExecutor(1, factory(prefix + "housekeeping"));
        housekeeping.setRemoveOnCancelPolicy(true);
        housekeeping.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        callers = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory(prefix + "completion-"));
        try {
            own.forEach(Thread::start);
            startAll(housekeeping);
            startAll(callers);
        } catch (OutOfMemoryError refused) {
            close();
            throw refused;
        }
    }

    private static void startAll(ThreadPoolExecutor executor) {
        int started = executor.prestartAllCoreThreads();
        assert started > 0;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private static ThreadFactory factory(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> daemon(task, name.endsWith("-") ? name + number.incrementAndGet() : name);
    }

    /**
     * Makes a step of supervision, which runs on the workers.
     *
     * @param action may look at the system, but not wait for a process
     */
    Step step(Runnable action) {
        return new Step(action, queue, timer);
    }

    /** For what is done every so often and may take its time: health checks, leftovers. */
    public ScheduledExecutorService housekeeping() {
        return housekeeping;
    }

    /** Where the caller's own actions on a future run: they may hold up each other, but never the supervision. */
    Executor callers() {
        return callers;
    }

    /** The task, with its failure told and not thrown: a scheduler would drop it, and never run the task again. */
    public Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                failures.accept(e);
            }
        };
    }

    /** Ends the threads when they have done what is due; waits for them unless it is called on one of pm's own. */
    @Override
    public void close() {
        timer.close();
        queue.close();
        List<ExecutorService> executors = List.of(housekeeping, callers);
        executors.forEach(ExecutorService::shutdown);
        if (Thread.currentThread().getName().startsWith("pm-")) {
            return;
        }
        // What does not end within that time hangs in code of a caller.
        for (Thread thread : own) {
            boolean ended = Uninterrupted.await(CLOSE_WAIT, nanos -> {
                TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
                return !thread.isAlive();
            });
            assert ended || thread.isAlive();
        }
        for (ExecutorService executor : executors) {
            boolean ended =
                    Uninterrupted.await(CLOSE_WAIT, nanos -> executor.awaitTermination(nanos, TimeUnit.NANOSECONDS));
            assert ended || !executor.isTerminated();
        }
    }
}

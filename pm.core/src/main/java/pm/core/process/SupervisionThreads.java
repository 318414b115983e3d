package pm.core.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The threads of one manager's supervision; their number does not depend on the number of processes. See the package's description. */
public final class SupervisionThreads implements AutoCloseable {
    /** Steps of different trees are taken side by side, so that a slow look at one tree does not hold up the others. */
    private static final int WORKERS = 4;

    private static final long IDLE_SECONDS = 10;
    private static final long CLOSE_SECONDS = 5;

    private final ScheduledThreadPoolExecutor timer;
    private final ScheduledThreadPoolExecutor housekeeping;
    private final ThreadPoolExecutor workers;
    private final ThreadPoolExecutor callers;
    private final Consumer<Throwable> failures;

    /**
     * Starts nothing yet: threads come when they are needed.
     *
     * @param instanceId in the threads' names
     * @param failures told of exceptions that no task should have thrown
     */
    public SupervisionThreads(String instanceId, Consumer<Throwable> failures) {
        this.failures = failures;
        timer = scheduler("pm-" + instanceId + "-timer");
        housekeeping = scheduler("pm-" + instanceId + "-housekeeping");
        workers = pool(WORKERS, "pm-" + instanceId + "-worker-");
        callers = pool(1, "pm-" + instanceId + "-completion-");
    }

    private static ScheduledThreadPoolExecutor scheduler(String name) {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, factory(name));
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return scheduler;
    }

    private static ThreadPoolExecutor pool(int size, String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory factory(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name.endsWith("-") ? name + number.incrementAndGet() : name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Runs a task soon, off the calling thread: it may look at the system, but not wait for a process. */
    void work(Runnable task) {
        try {
            workers.execute(guarded(task));
        } catch (RejectedExecutionException e) {
            // The manager is closed: the backend's session has ended whatever this was about.
        }
    }

    /** Runs a short task later, on the timer thread. */
    Future<?> after(Duration delay, Runnable task) {
        return timer.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Runs a task later, as {@link #work} does. */
    Future<?> workAfter(Duration delay, Runnable task) {
        return after(delay, () -> work(task));
    }

    /** As {@link #workAfter}, for what is never cancelled. */
    void workLater(Duration delay, Runnable task) {
        Future<?> scheduled = workAfter(delay, task);
        assert !scheduled.isCancelled();
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

    /** Ends the threads when they have done what they were given; waits for them unless it is called on one of pm's own. */
    @Override
    public void close() {
        List<ExecutorService> executors = List.of(timer, housekeeping, workers, callers);
        executors.forEach(ExecutorService::shutdown);
        if (!Thread.currentThread().getName().startsWith("pm-")) {
            executors.forEach(SupervisionThreads::awaitTermination);
        }
    }

    private static void awaitTermination(ExecutorService executor) {
        boolean interrupted = Thread.interrupted();
        try {
            executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

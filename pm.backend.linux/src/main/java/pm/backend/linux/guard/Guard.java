package pm.backend.linux.guard;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import pm.api.Health;
import pm.backend.linux.cgroup.InstanceCgroup;
import pm.backend.linux.launcher.GuardProcess;
import pm.backend.linux.launcher.Launching;
import pm.backend.linux.process.ExitWatcher;
import pm.backend.posix.process.Backoff;
import pm.spi.BackendException;
import pm.spi.SessionObserver;
import pm.spi.Uninterrupted;

/**
 * Sees to it that a guard stands by: a process of its own that kills what is in the manager's control group when this JVM is gone, whatever
 * ended it. One that dies is replaced. Safe for use by any thread.
 */
public final class Guard {
    private static final Duration LEAVE_WAIT = Duration.ofSeconds(2);
    private static final Duration START_WAIT = Duration.ofMillis(500);

    private final GuardPost post;
    private final ExitWatcher watcher;
    private final SessionObserver observer;
    private final Backoff backoff = new Backoff();

    private CompletableFuture<Void> ready = new CompletableFuture<>();
    private Optional<GuardProcess> current = Optional.empty();
    private String lastTrouble = "it is still starting";
    private long readySince;
    private boolean lost;
    private boolean closing;

    private Guard(GuardPost post, ExitWatcher watcher, SessionObserver observer) {
        this.post = post;
        this.watcher = watcher;
        this.observer = observer;
    }

    /** Begins to start one, without waiting for it. */
    public static Guard start(
            InstanceCgroup cgroup, Launching launching, ExitWatcher watcher, SessionObserver observer) {
        Guard guard = new Guard(new GuardPost(cgroup, launching), watcher, observer);
        guard.begin();
        return guard;
    }

    private void begin() {
        GuardProcess begun;
        synchronized (this) {
            if (closing) {
                return;
            }
            try {
                begun = post.man();
                current = Optional.of(begun);
            } catch (BackendException e) {
                beginAgain(e.getMessage(), Duration.ZERO);
                return;
            }
        }
        begun.ready().whenComplete((nothing, failure) -> {
            if (failure == null) {
                stands();
            } else {
                note(failure.getMessage());
            }
        });
        begun.gone().thenAccept(this::ended);
    }

    private synchronized void note(String trouble) {
        lastTrouble = trouble;
    }

    private void stands() {
        CompletableFuture<Void> waiting;
        boolean restored;
        synchronized (this) {
            readySince = System.nanoTime();
            waiting = ready;
            restored = lost;
            lost = false;
        }
        waiting.complete(null);
        if (restored) {
            observer.guardRestored();
        }
    }

    private void ended(String status) {
        boolean newlyLost;
        synchronized (this) {
            current = Optional.empty();
            if (closing) {
                return;
            }
            boolean stood = ready.isDone();
            newlyLost = stood && !lost;
            Duration standing = stood ? Duration.ofNanos(System.nanoTime() - readySince) : Duration.ZERO;
            if (stood) {
                ready = new CompletableFuture<>();
                lost = true;
            }
            beginAgain(stood ? "the last one ended: " + status : lastTrouble, standing);
        }
        if (newlyLost) {
            observer.guardLost("The guard ended: " + status);
        }
    }

    private synchronized void beginAgain(String trouble, Duration stood) {
        lastTrouble = trouble;
        watcher.after(backoff.afterFailure(stood), this::begin);
    }

    /**
     * Waits until one is ready.
     *
     * @throws BackendException when none is in time
     */
    public void awaitReady(Duration wait) throws BackendException {
        CompletableFuture<Void> awaited;
        synchronized (this) {
            awaited = ready;
        }
        if (awaited.isDone()) {
            return;
        }
        wake();
        try {
            Uninterrupted.get(awaited, wait);
        } catch (TimeoutException | ExecutionException e) {
            throw new BackendException(
                    "Could not start anything while no guard is ready: " + trouble() + ", waited " + wait, e);
        }
    }

    private synchronized void wake() {
        current.ifPresent(GuardProcess::wake);
    }

    private synchronized String trouble() {
        return lastTrouble;
    }

    /** Its pid, while one runs. */
    public synchronized Optional<Long> pid() {
        return current.map(GuardProcess::pid);
    }

    /** Whether it stands by. Only the first of all is given a moment to start: while none was ever lost, that is no fault. */
    public Health.Check check() {
        CompletableFuture<Void> first;
        synchronized (this) {
            first = lost ? CompletableFuture.completedFuture(null) : ready;
        }
        try {
            Uninterrupted.get(first, START_WAIT);
        } catch (TimeoutException | ExecutionException notYet) {
            return state();
        }
        return state();
    }

    private synchronized Health.Check state() {
        return ready.isDone()
                ? new Health.Check(
                        "guard",
                        Health.Status.OK,
                        "pid " + current.map(GuardProcess::pid).orElse(0L))
                : new Health.Check("guard", Health.Status.CRITICAL, lastTrouble);
    }

    /**
     * Sends it away, and waits until it is gone. It kills and removes nothing. Idempotent.
     *
     * @throws BackendException when it stays
     */
    public void close() throws BackendException {
        Optional<GuardProcess> leaving;
        synchronized (this) {
            closing = true;
            leaving = current;
        }
        if (leaving.isEmpty()) {
            return;
        }
        GuardProcess process = leaving.get();
        process.bye();
        if (!isGone(process.gone())) {
            process.kill();
            if (!isGone(process.gone())) {
                throw new BackendException("Could not end the guard, pid " + process.pid() + ": it survives SIGKILL");
            }
        }
    }

    private static boolean isGone(CompletionStage<String> gone) throws BackendException {
        try {
            Uninterrupted.get(gone, LEAVE_WAIT);
            return true;
        } catch (TimeoutException stays) {
            return false;
        } catch (ExecutionException e) {
            throw new BackendException("Could not see the guard's end: " + e.getMessage(), e);
        }
    }
}

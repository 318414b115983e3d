package pm.backend.macos.guard;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import pm.api.Health;
import pm.backend.macos.process.HostSystem;
import pm.backend.posix.process.Backoff;
import pm.spi.BackendException;
import pm.spi.SessionObserver;
import pm.spi.Uninterrupted;

/**
 * Sees to it that a guard stands by, which kills the session's process groups when this JVM is gone, whatever ended it. One that dies is
 * replaced. Safe for use by any thread.
 */
public final class Guard {
    private static final Duration LEAVE_WAIT = Duration.ofSeconds(2);

    private final HostSystem system;
    private final HostSystem.Watching watching;
    private final int nullDevice;
    private final SessionObserver observer;
    private final Backoff backoff = new Backoff();
    private CompletableFuture<Void> ready = new CompletableFuture<>();
    private Optional<GuardProcess> current = Optional.empty();
    private Set<Integer> groups = Set.of();
    private String lastTrouble = "it is still starting";
    private long readySince;
    private boolean lost;
    private boolean closing;

    private Guard(HostSystem system, HostSystem.Watching watching, int nullDevice, SessionObserver observer) {
        this.system = system;
        this.watching = watching;
        this.nullDevice = nullDevice;
        this.observer = observer;
    }

    /** Begins to start one, without waiting for it. */
    public static Guard start(
            HostSystem system, HostSystem.Watching watching, int nullDevice, SessionObserver observer) {
        Guard guard = new Guard(system, watching, nullDevice, observer);
        guard.begin();
        return guard;
    }

    private synchronized void begin() {
        if (closing) {
            return;
        }
        try {
            GuardProcess begun = GuardProcess.start(system, watching, nullDevice, this::stands, this::ended);
            begun.tell(groups);
            current = Optional.of(begun);
        } catch (BackendException refused) {
            beginAgain(refused.getMessage(), Duration.ZERO);
        }
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
            beginAgain("the last one ended: " + status, standing);
        }
        if (newlyLost) {
            observer.guardLost("The guard ended: " + status);
        }
    }

    private synchronized void beginAgain(String trouble, Duration stood) {
        lastTrouble = trouble;
        watching.loop().after(backoff.afterFailure(stood), this::begin);
    }

    /** From now on it guards these process groups. */
    public synchronized void guard(Set<Integer> processGroups) {
        groups = Set.copyOf(processGroups);
        current.ifPresent(process -> process.tell(groups));
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
        try {
            Uninterrupted.get(awaited, wait);
        } catch (TimeoutException | ExecutionException e) {
            throw new BackendException(
                    "Could not start anything while no guard is ready: " + trouble() + ", waited " + wait, e);
        }
    }

    private synchronized String trouble() {
        return lastTrouble;
    }

    /** Its pid, while one runs. */
    public synchronized Optional<Long> pid() {
        return current.map(process -> (long) process.pid());
    }

    /** Whether it stands by; one that is being started for the first time is no fault. */
    public synchronized Health.Check check() {
        return ready.isDone() || !lost
                ? new Health.Check(
                        "guard",
                        Health.Status.OK,
                        current.map(process -> "pid " + process.pid()).orElse(lastTrouble))
                : new Health.Check("guard", Health.Status.CRITICAL, lastTrouble);
    }

    /**
     * Sends it away, and waits until it is gone. It kills nothing. Idempotent.
     *
     * @throws BackendException when it stays
     */
    public void close() throws BackendException {
        Optional<GuardProcess> leaving;
        synchronized (this) {
            closing = true;
            leaving = current;
        }
        if (leaving.isPresent() && !leaving.get().leave(LEAVE_WAIT)) {
            throw new BackendException(
                    "Could not end the guard, pid " + leaving.get().pid() + ": it survives SIGKILL");
        }
    }

    /** A line for the script. */
    static ByteBuffer line(String text) {
        return ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}

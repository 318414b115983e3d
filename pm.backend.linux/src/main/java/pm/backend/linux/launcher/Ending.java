package pm.backend.linux.launcher;

import java.time.Duration;
import java.util.Optional;
import pm.backend.linux.kernel.HeldProcess;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.kernel.Signals;
import pm.backend.linux.proc.Descendants;
import pm.backend.linux.proc.ProcFiles;
import pm.backend.linux.proc.ProcessStat;
import pm.backend.posix.libc.Children;
import pm.backend.posix.libc.Children.Reaped;
import pm.backend.posix.libc.LibcException;
import pm.spi.Uninterrupted;

/**
 * A child of this JVM that ends by itself, as soon as it can run: what it has started may have stopped it. It is woken again and again; when
 * that does not help its descendants are killed, and at last the child.
 *
 * @param pid its id
 */
record Ending(int pid) {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration PATIENCE_AFTER_KILL = Duration.ofSeconds(5);
    private static final Duration BETWEEN_WAKES = Duration.ofMillis(100);
    private static final long SHORTEST_PAUSE_NANOS = 50_000;
    private static final long LONGEST_PAUSE_NANOS = 10_000_000;

    /**
     * Waits for its end and reaps it.
     *
     * @return how it ended; empty when that cannot be known, or when it outlives SIGKILL (state D)
     */
    Optional<Reaped> await() {
        Optional<Reaped> end = await(PATIENCE);
        if (isThere(end)) {
            killDescendants();
            end = await(PATIENCE_AFTER_KILL);
        }
        if (isThere(end)) {
            signal(pid, Signals.SIGKILL);
            end = await(PATIENCE_AFTER_KILL);
        }
        return end;
    }

    private boolean isThere(Optional<Reaped> end) {
        return end.isEmpty() && isChild(pid);
    }

    private Optional<Reaped> await(Duration patience) {
        long begin = System.nanoTime();
        long nextWake = begin + BETWEEN_WAKES.toNanos();
        long pause = SHORTEST_PAUSE_NANOS;
        try {
            while (true) {
                Optional<Reaped> end = Children.reap(pid);
                long now = System.nanoTime();
                if (end.isPresent() || now - begin > patience.toNanos()) {
                    return end;
                }
                if (now - nextWake >= 0) {
                    wake();
                    nextWake = now + BETWEEN_WAKES.toNanos();
                }
                Uninterrupted.pause(Duration.ofNanos(pause));
                pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            }
        } catch (LibcException reapedByKernel) {
            // ECHILD, with SIGCHLD ignored: it is gone all the same.
            return Optional.empty();
        }
    }

    /** Sends SIGCONT, when it is our child. */
    void wake() {
        signal(pid, Signals.SIGCONT);
    }

    private void killDescendants() {
        for (ProcessStat stat : Descendants.of(pid)) {
            try (HeldProcess held = HeldProcess.open(stat.pid())) {
                // After it was opened: what has the right start time now is what is held.
                if (ProcFiles.stat(stat.pid())
                        .filter(now -> now.identity().equals(stat.identity()))
                        .isPresent()) {
                    held.signal(Signals.SIGKILL);
                }
            } catch (KernelException goneOrAnothers) {
                // What is left of them shows when the child does not end.
            }
        }
        wake();
    }

    private static void signal(int child, int signal) {
        try (HeldProcess held = HeldProcess.open(child)) {
            if (isChild(child)) {
                held.signal(signal);
            }
        } catch (KernelException gone) {
            // It has ended, and the next look reaps it.
        }
    }

    private static boolean isChild(int pid) {
        return ProcFiles.stat(pid)
                .filter(stat -> stat.parentPid() == ProcessHandle.current().pid())
                .isPresent();
    }
}

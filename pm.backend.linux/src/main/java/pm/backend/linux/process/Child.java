package pm.backend.linux.process;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import pm.api.ExitStatus;
import pm.api.ResourceUsage;
import pm.backend.linux.kernel.Errno;
import pm.backend.linux.kernel.FastPaths;
import pm.backend.linux.kernel.HeldProcess;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.kernel.Signals;
import pm.backend.posix.events.Watch;
import pm.backend.posix.libc.Children;
import pm.backend.posix.libc.Libc;
import pm.backend.posix.libc.LibcException;
import pm.backend.posix.process.WaitStatus;

/** A child of this JVM that we started: signalled only while it is not reaped, and reaped once it has ended. Safe for use by any thread. */
public final class Child {
    private static final int BYTES_PER_KIB = 1024;
    /** Of ru_inblock and ru_oublock (getrusage(2)). */
    private static final int BYTES_PER_BLOCK = 512;

    /** Without pidfds it is asked so often whether it has ended. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final int pid;
    private final boolean spawned;
    private final Consumer<Ended> ended;
    /** Taken by whoever signals and whoever reaps: meanwhile the pid and the descriptor mean this child. */
    private final Object reaping = new Object();

    /** Null once it was reaped. */
    private HeldProcess held;

    private Watch watch;
    private Optional<Children.Reaped> reaped = Optional.empty();
    private Optional<Ended> end = Optional.empty();
    private boolean told;

    /**
     * How it ended, and what it and the children that it waited for have used. The peak of memory of one that was spawned is known only when
     * it is above that of this JVM: see {@link Children#ownPeakResident()}.
     */
    public record Ended(ExitStatus status, ResourceUsage usage) {}

    private Child(int pid, boolean spawned, HeldProcess held, Consumer<Ended> ended) {
        this.pid = pid;
        this.spawned = spawned;
        this.held = held;
        this.ended = ended;
    }

    /**
     * Takes care of a child that was just started.
     *
     * @param spawned whether this JVM started it itself; else it was born of one that this JVM spawned
     * @param ended called once, on the exit watcher's thread, when it has been reaped
     * @throws KernelException when it cannot be watched; then it was killed and reaped
     */
    public static Child adopt(int pid, boolean spawned, ExitWatcher exits, Consumer<Ended> ended)
            throws KernelException {
        HeldProcess held;
        try {
            held = HeldProcess.open(pid);
        } catch (KernelException refused) {
            if (refused.errno() == Errno.ESRCH) {
                // Nobody else reaps our children but the kernel itself, when SIGCHLD is ignored (wait(2)).
                exits.execute(() -> ended.accept(new Ended(lost(refused), ResourceUsage.NONE)));
                return new Child(pid, spawned, null, ended);
            }
            killUnwatched(pid);
            throw refused;
        }
        Child child = new Child(pid, spawned, held, ended);
        try {
            synchronized (child.reaping) {
                child.watch = FastPaths.OF_THIS_KERNEL.pidfds()
                        ? exits.onReadable(held.descriptor(), child::reap)
                        : exits.every(BETWEEN_LOOKS, child::reap);
            }
        } catch (KernelException refused) {
            held.close();
            killUnwatched(pid);
            throw refused;
        }
        return child;
    }

    private static void killUnwatched(int pid) {
        Libc.kill(pid, Signals.SIGKILL);
        try {
            Children.await(pid);
        } catch (LibcException reapedByKernel) {
            // ECHILD, with SIGCHLD ignored: it is gone all the same.
        }
    }

    /** Its pid. */
    public int pid() {
        return pid;
    }

    /**
     * Sends a signal.
     *
     * @return false when it was reaped already
     */
    public boolean signal(int signal) throws KernelException {
        synchronized (reaping) {
            if (held == null) {
                return false;
            }
            try {
                held.signal(signal);
                return true;
            } catch (KernelException refused) {
                if (refused.errno() == Errno.ESRCH) {
                    return false;
                }
                throw refused;
            }
        }
    }

    /**
     * Sends a signal to its process group, if it leads one.
     *
     * @return false when it was reaped already (then the group's number may be anyone's) or leads no group
     */
    public boolean signalGroup(int signal) throws KernelException {
        synchronized (reaping) {
            if (held == null) {
                return false;
            }
            if (Libc.kill(-pid, signal) == 0) {
                return true;
            }
            int errno = Libc.errno();
            if (errno == Errno.ESRCH) {
                return false;
            }
            throw new KernelException("kill " + -pid, errno);
        }
    }

    /** Goes on where it was when it is run again, for want of memory: the kernel tells of an end only once. */
    private void reap() {
        synchronized (reaping) {
            if (told) {
                return;
            }
            if (end.isEmpty() && !look()) {
                return;
            }
            if (held != null) {
                watch.close();
                held.close();
                held = null;
            }
        }
        ended.accept(end.orElseThrow());
        told = true;
    }

    /** Returns whether it has ended. */
    private boolean look() {
        try {
            if (reaped.isEmpty()) {
                reaped = Children.reap(pid);
            }
            if (reaped.isPresent()) {
                end = Optional.of(new Ended(WaitStatus.decode(reaped.get().status()), usage(reaped.get())));
            }
        } catch (LibcException stolen) {
            end = Optional.of(new Ended(lost(stolen), ResourceUsage.NONE));
        }
        return end.isPresent();
    }

    private static ExitStatus lost(LibcException cause) {
        return new ExitStatus.Unknown("it was reaped by somebody else or SIGCHLD is ignored: " + cause.getMessage());
    }

    private ResourceUsage usage(Children.Reaped reaped) throws LibcException {
        boolean ownPeak = !spawned || reaped.peakResident() > Children.ownPeakResident();
        return ResourceUsage.ofProcess(
                Duration.of(reaped.userMicros(), ChronoUnit.MICROS),
                Duration.of(reaped.systemMicros(), ChronoUnit.MICROS),
                ownPeak ? OptionalLong.of(reaped.peakResident() * BYTES_PER_KIB) : OptionalLong.empty(),
                OptionalLong.of(reaped.blocksRead() * BYTES_PER_BLOCK),
                OptionalLong.of(reaped.blocksWritten() * BYTES_PER_BLOCK));
    }
}

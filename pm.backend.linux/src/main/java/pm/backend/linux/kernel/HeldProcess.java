package pm.backend.linux.kernel;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import pm.backend.posix.libc.Children;
import pm.backend.posix.libc.Libc;
import pm.backend.posix.libc.LibcException;

/**
 * A process held by a descriptor, so that a signal never reaches another that got its pid: a pidfd, or where there are none the process's
 * folder in {@code /proc}. Not safe for use by several threads.
 */
public final class HeldProcess implements AutoCloseable {
    private final int pid;
    private final int descriptor;

    private HeldProcess(int pid, int descriptor) {
        this.pid = pid;
        this.descriptor = descriptor;
    }

    /**
     * Holds a process.
     *
     * @throws KernelException with ESRCH when there is none of that pid
     */
    public static HeldProcess open(long pid) throws KernelException {
        return new HeldProcess((int) pid, descriptorOf(pid));
    }

    /**
     * Holds a process for a moment, also when there are no descriptors left.
     *
     * @throws KernelException with ESRCH when there is none of that pid
     */
    public static HeldProcess openBriefly(long pid) throws KernelException {
        return new HeldProcess((int) pid, BriefDescriptors.open(() -> descriptorOf(pid)));
    }

    private static int descriptorOf(long pid) throws KernelException {
        if (FastPaths.OF_THIS_KERNEL.pidfds()) {
            return PidFd.open(pid);
        }
        try {
            return Kernel.open(Path.of("/proc", Long.toString(pid)), Kernel.O_RDONLY | Kernel.O_DIRECTORY);
        } catch (KernelException refused) {
            throw refused.errno() == Errno.ENOENT ? new KernelException("open /proc/" + pid, Errno.ESRCH) : refused;
        }
    }

    /** Its pid. */
    public int pid() {
        return pid;
    }

    /** The pidfd, which is readable once the process has ended; nothing that can be watched where there are no pidfds. */
    public int descriptor() {
        return descriptor;
    }

    /**
     * Sends a signal.
     *
     * @throws KernelException with ESRCH when it has ended and was reaped
     */
    public void signal(int signal) throws KernelException {
        if (FastPaths.OF_THIS_KERNEL.pidfds()) {
            PidFd.signal(descriptor, signal);
            return;
        }
        // As long as its folder reads, the pid is still its own (proc(5)). What comes between this look and the signal
        // would
        // have to end, be reaped and lend its pid to another within microseconds.
        look();
        if (Libc.kill(pid, signal) < 0) {
            throw new KernelException("kill " + pid, Libc.errno());
        }
    }

    /**
     * Reaps the process, if it is a child of ours that has ended.
     *
     * @return false when it has not ended yet, or is none, or was reaped already
     */
    public boolean reap() throws KernelException {
        try {
            if (FastPaths.OF_THIS_KERNEL.pidfds()) {
                return PidFd.reap(descriptor);
            }
        } catch (KernelException refused) {
            if (refused.errno() == Errno.ECHILD) {
                return false;
            }
            if (refused.errno() != Errno.EINVAL) {
                throw refused;
            }
        }
        return reapByPid();
    }

    /** A child that is not reaped keeps its pid; that it is not is asked first. */
    private boolean reapByPid() throws KernelException {
        try {
            signal(0);
            return Children.reap(pid).isPresent();
        } catch (LibcException gone) {
            if (gone.errno() == Errno.ESRCH || gone.errno() == Errno.ECHILD) {
                return false;
            }
            throw new KernelException("reap " + pid, gone.errno());
        }
    }

    /** Fails with ESRCH when the process of the folder is gone. */
    private void look() throws KernelException {
        try {
            int stat = Kernel.openAt(descriptor, "stat", Kernel.O_RDONLY);
            try {
                Kernel.read(stat, ByteBuffer.allocate(1));
            } finally {
                Kernel.close(stat);
            }
        } catch (KernelException gone) {
            throw gone.errno() == Errno.ENOENT ? new KernelException("kill " + pid, Errno.ESRCH) : gone;
        }
    }

    @Override
    public void close() {
        BriefDescriptors.close(descriptor);
    }
}

package pm.backend.linux.kernel;

/** Processes held by a descriptor (pidfd_open(2), Linux 5.3): a signal never reaches another that got the pid. */
final class PidFd {
    /** asm-generic/unistd.h, and the same on x86-64: both were numbered alike from 424 on. */
    private static final int PIDFD_SEND_SIGNAL = 424;

    private static final int PIDFD_OPEN = 434;

    /** sys/wait.h */
    private static final int P_PIDFD = 3;

    private static final int WNOHANG = 1;
    private static final int WEXITED = 4;
    /** sizeof(siginfo_t) */
    private static final int SIGINFO_BYTES = 128;

    private PidFd() {}

    /**
     * Opens a descriptor of a process, which is readable once that has ended.
     *
     * @throws KernelException with ESRCH when there is none
     */
    static int open(long pid) throws KernelException {
        try {
            return Kernel.highDescriptor(
                    Kernel.checked((int) LinuxLibc.syscall(PIDFD_OPEN, pid, 0, 0, 0), "pidfd_open " + pid));
        } catch (KernelException refused) {
            // While a process is being reaped its pid is still known, but belongs to no process any more
            // (kernel/fork.c).
            throw refused.errno() == Errno.EINVAL ? new KernelException("pidfd_open " + pid, Errno.ESRCH) : refused;
        }
    }

    /**
     * Sends a signal.
     *
     * @throws KernelException with ESRCH when it has ended and was reaped
     */
    static void signal(int pidfd, int signal) throws KernelException {
        Kernel.checked((int) LinuxLibc.syscall(PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0), "pidfd_send_signal " + signal);
    }

    /**
     * Reaps a child of ours that has ended, and no other (waitid(2), P_PIDFD, Linux 5.4).
     *
     * @return false when it has not ended yet
     * @throws KernelException with ECHILD when it is no child of ours, or was reaped already; with EINVAL when the kernel is older
     */
    static boolean reap(int pidfd) throws KernelException {
        byte[] info = new byte[SIGINFO_BYTES];
        Kernel.checked(LinuxLibc.waitid(P_PIDFD, pidfd, info, WEXITED | WNOHANG), "waitid of a pidfd");
        // All zero when there was nothing to reap; else si_signo is SIGCHLD.
        return info[0] != 0;
    }

    /** Whether this kernel has pidfds, and no filter refuses them. */
    static boolean available() {
        try {
            int self = open(ProcessHandle.current().pid());
            try {
                signal(self, 0);
                return true;
            } finally {
                Kernel.close(self);
            }
        } catch (KernelException refused) {
            return false;
        }
    }
}

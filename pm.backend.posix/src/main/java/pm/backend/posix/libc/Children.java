package pm.backend.posix.libc;

import java.util.Optional;

/** Reaping, always of one child by its pid: what other parts of this JVM have started is theirs to wait for. */
public final class Children {
    /** sys/wait.h, the same on Linux and macOS. */
    private static final int WNOHANG = 1;

    /** sys/resource.h, the same on Linux and macOS. */
    private static final int RUSAGE_SELF = 0;

    /** struct rusage in 64-bit words: two timevals of two words each, then fourteen longs (getrusage(2)). */
    private static final int USAGE_WORDS = 18;

    private static final int USER_TIME = 0;
    private static final int SYSTEM_TIME = 2;
    private static final int MAXIMUM_RESIDENT = 4;
    private static final int BLOCKS_IN = 11;
    private static final int BLOCKS_OUT = 12;

    /**
     * A child that has ended, with what it and the children that it waited for have used. It is made before the child is reaped, since
     * nobody can ask for it a second time.
     */
    public static final class Reaped {
        private final int[] status = new int[1];
        private final long[] usage = new long[USAGE_WORDS];

        private Reaped() {}

        /** Returns the status as wait(2) gives it. */
        public int status() {
            return status[0];
        }

        /** Returns the CPU time in user mode. */
        public long userMicros() {
            return micros(usage, USER_TIME);
        }

        /** Returns the CPU time in the kernel. */
        public long systemMicros() {
            return micros(usage, SYSTEM_TIME);
        }

        /** Returns the peak of memory in the system's own unit: KiB on Linux, bytes on macOS. */
        public long peakResident() {
            return usage[MAXIMUM_RESIDENT];
        }

        /** Returns the blocks of 512 bytes that were read. */
        public long blocksRead() {
            return usage[BLOCKS_IN];
        }

        /** Returns the blocks of 512 bytes that were written. */
        public long blocksWritten() {
            return usage[BLOCKS_OUT];
        }
    }

    private Children() {}

    /**
     * Reaps a child if it has ended.
     *
     * @throws LibcException with ECHILD when it is no child of ours, or nobody's because SIGCHLD is ignored
     */
    public static Optional<Reaped> reap(int pid) throws LibcException {
        return wait(pid, WNOHANG);
    }

    /** Waits for the end of a child that is known to end at once, and reaps it. */
    public static Reaped await(int pid) throws LibcException {
        return wait(pid, 0).orElseThrow();
    }

    /**
     * The most memory that this JVM has held, in the system's own unit. A child that posix_spawn(3) started begins with that as its own
     * peak, since it shares our memory until it executes the program: a peak that is not above it says nothing.
     */
    public static long ownPeakResident() throws LibcException {
        long[] usage = new long[USAGE_WORDS];
        if (Libc.getrusage(RUSAGE_SELF, usage) < 0) {
            throw new LibcException("getrusage", Libc.errno());
        }
        return usage[MAXIMUM_RESIDENT];
    }

    private static Optional<Reaped> wait(int pid, int options) throws LibcException {
        Reaped reaped = new Reaped();
        Optional<Reaped> answer = Optional.of(reaped);
        int result;
        do {
            result = Libc.wait4(pid, reaped.status, options, reaped.usage);
        } while (result < 0 && Libc.errno() == Libc.EINTR);
        if (result < 0) {
            throw new LibcException("wait4 " + pid, Libc.errno());
        }
        return result == 0 ? Optional.empty() : answer;
    }

    private static long micros(long[] usage, int index) {
        // tv_usec has 32 bits on macOS; what pads it there is undefined.
        return usage[index] * 1_000_000 + (usage[index + 1] & 0xffff_ffffL);
    }
}

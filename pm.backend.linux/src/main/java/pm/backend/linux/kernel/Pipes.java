package pm.backend.linux.kernel;

/** Pairs of connected descriptors, all above the standard streams. */
public final class Pipes {
    /** sys/socket.h. */
    private static final int AF_UNIX = 1;

    private static final int SOCK_SEQPACKET = 5;

    /** Two ends: what is written to {@code far} by a child is read from {@code near} by us, or the other way round. */
    public record Ends(int near, int far) {
        /** Closes both. */
        public void close() {
            Kernel.close(near);
            Kernel.close(far);
        }
    }

    private Pipes() {}

    /** A pipe that we read; our end does not block. */
    public static Ends toRead() throws KernelException {
        int[] ends = pipe();
        return nonBlocking(new Ends(ends[0], ends[1]));
    }

    /** A pipe that we write; our end does not block. */
    public static Ends toWrite() throws KernelException {
        int[] ends = pipe();
        return nonBlocking(new Ends(ends[1], ends[0]));
    }

    /** A pipe that we read and wait for. */
    public static Ends toAwait() throws KernelException {
        int[] ends = pipe();
        return new Ends(ends[0], ends[1]);
    }

    /** A socket pair that keeps packets apart; both ends block. */
    public static Ends packets() throws KernelException {
        int[] ends = new int[2];
        Kernel.checked(
                LinuxLibc.socketpair(AF_UNIX, SOCK_SEQPACKET | Kernel.O_CLOEXEC, 0, ends), "socketpair SOCK_SEQPACKET");
        high(ends);
        return new Ends(ends[0], ends[1]);
    }

    private static int[] pipe() throws KernelException {
        int[] ends = new int[2];
        Kernel.checked(LinuxLibc.pipe2(ends, Kernel.O_CLOEXEC), "pipe2");
        high(ends);
        return ends;
    }

    private static void high(int[] ends) throws KernelException {
        for (int index = 0; index < 2; index++) {
            try {
                ends[index] = Kernel.highDescriptor(ends[index]);
            } catch (KernelException refused) {
                Kernel.close(ends[1 - index]);
                throw refused;
            }
        }
    }

    private static Ends nonBlocking(Ends ends) throws KernelException {
        try {
            Kernel.setNonBlocking(ends.near);
            return ends;
        } catch (KernelException refused) {
            ends.close();
            throw refused;
        }
    }
}

package pm.backend.linux.kernel;

import java.util.List;

/**
 * Which newer system calls there are: an older kernel lacks them, and filters of containers refuse them. Asked once.
 *
 * @param pidfds whether processes can be watched and signalled by descriptors (Linux 5.3)
 * @param closeRange whether descriptors can be closed all at once (Linux 5.9)
 */
public record FastPaths(boolean pidfds, boolean closeRange) {
    /** What this JVM may use. */
    public static final FastPaths OF_THIS_KERNEL = new FastPaths(PidFd.available(), hasCloseRange());

    /** asm-generic/unistd.h, and the same on x86-64. */
    private static final int CLOSE_RANGE = 436;

    /** No process has a descriptor of this number: it closes nothing. */
    private static final long NO_DESCRIPTOR = 0xffff_ffffL;

    private static boolean hasCloseRange() {
        return LinuxLibc.syscall(CLOSE_RANGE, NO_DESCRIPTOR, NO_DESCRIPTOR, 0, 0) == 0;
    }

    /** For a person. */
    public List<String> facts() {
        return List.of(
                pidfds
                        ? "Processes are watched and signalled by pidfds."
                        : "Processes are watched by asking every 10 ms and signalled by pid after a look at /proc: this kernel"
                                + " has no pidfds, or a filter refuses them.",
                closeRange
                        ? "The launcher closes descriptors by close_range."
                        : "The launcher closes descriptors by the list in /proc/self/fd: this kernel has no close_range, or a"
                                + " filter refuses it.");
    }
}

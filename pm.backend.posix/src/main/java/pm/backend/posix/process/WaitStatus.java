package pm.backend.posix.process;

import pm.api.ExitStatus;

/** The status of wait(2), laid out alike on all Unix systems: the low seven bits a signal, then the core flag, then the exit code. */
public final class WaitStatus {
    private static final int SIGNAL_BITS = 0x7f;
    private static final int CORE_FLAG = 0x80;
    private static final int STOPPED = 0x7f;

    private WaitStatus() {}

    /** What a status of a process that has ended means. */
    public static ExitStatus decode(int status) {
        int signal = status & SIGNAL_BITS;
        if (signal == 0) {
            return new ExitStatus.Exited(status >> 8 & 0xff);
        }
        if (signal == STOPPED) {
            throw new IllegalArgumentException("Could not decode wait status " + status + ": it is that of a process"
                    + " that was stopped or continued, ask for ended ones only");
        }
        return new ExitStatus.Signalled(signal, (status & CORE_FLAG) != 0);
    }
}

package pm.backend.linux.kernel;

import pm.api.Signal;

/** The numbers of signals on x86-64 and aarch64 (signal(7)). */
public final class Signals {
    public static final int SIGKILL = number(Signal.KILL);
    public static final int SIGSTOP = number(Signal.STOP);
    public static final int SIGCONT = number(Signal.CONT);

    private Signals() {}

    /** The number of a signal. */
    public static int number(Signal signal) {
        return switch (signal) {
            case HUP -> 1;
            case INT -> 2;
            case QUIT -> 3;
            case KILL -> 9;
            case USR1 -> 10;
            case USR2 -> 12;
            case TERM -> 15;
            case CONT -> 18;
            case STOP -> 19;
        };
    }
}

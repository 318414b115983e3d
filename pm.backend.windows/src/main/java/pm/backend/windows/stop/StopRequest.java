package pm.backend.windows.stop;

import pm.api.Signal;

/** What a signal means here: the nearest thing that Windows has. */
public enum StopRequest {
    /** Windows are asked to close, consoles hear Ctrl-C. */
    STOP,
    /** Consoles hear Ctrl-Break: most programs end, Java writes down its threads, as it does for SIGQUIT. */
    BREAK,
    /** Ended at once. */
    KILL,
    /** Every thread is stopped. */
    SUSPEND,
    /** And goes on. */
    RESUME,
    /** There is no such thing. */
    NONE;

    /** Of a signal. */
    public static StopRequest of(Signal signal) {
        return switch (signal) {
            case TERM, INT, HUP -> STOP;
            case QUIT -> BREAK;
            case KILL -> KILL;
            case STOP -> SUSPEND;
            case CONT -> RESUME;
            case USR1, USR2 -> NONE;
        };
    }
}

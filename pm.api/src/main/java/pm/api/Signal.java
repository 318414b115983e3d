package pm.api;

import java.util.Locale;

/**
 * A signal by its POSIX name. Numbers belong to the backend, since they differ between systems; a backend maps what its system does not
 * know to the nearest thing it has (on Windows: {@link #TERM} and {@link #INT} are a console event, {@link #KILL} ends the job).
 * Immutable; safe for use by any thread.
 */
public enum Signal {
    /** Hang-up. */
    HUP,
    /** Interrupt, as from Ctrl-C. */
    INT,
    /** Quit, with a core. */
    QUIT,
    /** Kill: cannot be caught. */
    KILL,
    /** First user-defined signal. */
    USR1,
    /** Second user-defined signal. */
    USR2,
    /** Terminate: the default stop signal. */
    TERM,
    /** Stop: cannot be caught. */
    STOP,
    /** Continue. */
    CONT;

    /**
     * Reads a name with or without {@code SIG}, in any case.
     *
     * @param text for instance {@code TERM}, {@code SIGTERM}, {@code int}
     * @return the signal
     * @throws IllegalArgumentException when there is no such signal here; the message lists the names
     */
    public static Signal parse(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        String bare = name.startsWith("SIG") ? name.substring(3) : name;
        for (Signal signal : values()) {
            if (signal.name().equals(bare)) {
                return signal;
            }
        }
        throw new IllegalArgumentException(
                "Could not read signal '" + text + "': use one of HUP, INT, QUIT, KILL, USR1, USR2, TERM, STOP, CONT");
    }
}

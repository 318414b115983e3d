package pm.tests.hostile;

import java.util.OptionalInt;

/** How a scenario ends. */
public enum Ending {
    /** The scope is left: {@code close()} at the end of try-with-resources. */
    SCOPE_ENDS,
    /** An exception leaves the scope. */
    EXCEPTION_IN_SCOPE,
    /** The process's wall clock timeout passes. */
    TIMEOUT,
    /** Another thread closes the process while this one waits for it. */
    CLOSED_BY_ANOTHER_THREAD,
    /** {@code main} returns with the manager open: the shutdown hook has to end it. */
    MAIN_RETURNS,
    SYSTEM_EXIT,
    /** No hook runs. */
    RUNTIME_HALT,
    SIGTERM("TERM"),
    SIGINT("INT"),
    SIGHUP("HUP"),
    SIGKILL("KILL"),
    /** The guard is killed, the manager starts another, then the JVM is killed. Control groups only: supervision has no guard. */
    GUARD_KILLED_THEN_JVM("KILL"),
    /** The supervising launcher is stopped, then the JVM is killed. Supervision only. */
    LAUNCHER_STOPPED_THEN_JVM("KILL");

    private final String signal;

    Ending() {
        this(null);
    }

    Ending(String signal) {
        this.signal = signal;
    }

    /** Whether the test ends the JVM from outside. */
    boolean fromOutside() {
        return signal != null;
    }

    /**
     * The exit status of a JVM that its shutdown hook ended in order: empty for the endings at which no hook runs, or has nothing left to
     * do. A JVM that ends by a signal exits with 128 plus its number (signal(7)).
     */
    OptionalInt statusAfterHook() {
        return switch (this) {
            case MAIN_RETURNS, SYSTEM_EXIT -> OptionalInt.of(0);
            case SIGHUP -> OptionalInt.of(128 + 1);
            case SIGINT -> OptionalInt.of(128 + 2);
            case SIGTERM -> OptionalInt.of(128 + 15);
            default -> OptionalInt.empty();
        };
    }

    /** The signal that the test sends to the JVM. */
    String signal() {
        return signal;
    }
}

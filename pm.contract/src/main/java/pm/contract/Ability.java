package pm.contract;

/** What not every operating system lets a backend do. A backend that cannot says so, with the reason, in {@link BackendContract#lacking()}. */
public enum Ability {
    /** Signals that end a program, and of which the exit status tells. */
    SIGNALS,
    /** A stop signal that every process of a tree hears, also one that has detached itself. */
    TERMINATION,
    /** Stopping a tree and letting it go on. */
    SUSPENSION,
    /** Programs that can tell which descriptors or handles they were given. */
    DESCRIPTORS
}

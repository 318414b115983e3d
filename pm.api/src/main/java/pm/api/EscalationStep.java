package pm.api;

/**
 * The steps by which a tree is ended. None is skipped; each waits for the tree to be empty before the next is taken.
 * Immutable; safe for use by any thread.
 */
public enum EscalationStep {
    /** The stop signal, to the leader's group, then once to every member outside it. */
    TERMINATE,
    /** The container is killed: no process of it can refuse or outrun it. */
    KILL,
    /** What the system has left: repeated kill on Linux, {@code taskkill /F /T} on Windows. */
    LAST_RESORT
}

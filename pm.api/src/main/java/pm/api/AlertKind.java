package pm.api;

/** What can be wrong for a while. Each alert is raised once per episode, and its end is told. Immutable; safe for use by any thread. */
public enum AlertKind {
    /** More processes are active than {@link Setting#ALERT_ACTIVE}. */
    MANY_ACTIVE,
    /** A cleanup failed and has not been made good yet. */
    CLEANUP_FAILED,
    /** Cleanups failed {@link Setting#ALERT_CLEANUP_FAILURES} times within {@link Setting#ALERT_WINDOW}. */
    CLEANUP_FAILING_REPEATEDLY,
    /** A zombie was found. */
    ZOMBIE,
    /** Processes outlived the leader of their tree or their whole manager; ends when a health check finds none. */
    ORPHANS,
    /** Timeouts came {@link Setting#ALERT_TIMEOUTS} times within {@link Setting#ALERT_WINDOW}. */
    MANY_TIMEOUTS,
    /** The crash guard died and is being restarted. */
    GUARD_LOST
}

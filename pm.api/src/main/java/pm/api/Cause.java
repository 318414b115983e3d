package pm.api;

/** Why a process ended: the first thing that set its end going. Immutable; safe for use by any thread. */
public enum Cause {
    /** It ended by itself: exited, or died by a signal that pm did not send. */
    EXITED(false),
    /** Its wall clock timeout passed. */
    TIMED_OUT(true),
    /** It wrote nothing for as long as its idle timeout. */
    IDLE(true),
    /** The tree used up its CPU time. */
    CPU_TIME(true),
    /** The kernel killed in the tree for want of memory, and the leader died of it, or of the kill of the rest that follows. */
    OUT_OF_MEMORY(false),
    /** It had more processes than it may on a host that can only count them: see {@link Capabilities.Level#APPROXIMATED}. */
    PROCESSES(false),
    /** Its output did not fit the bound of a capture that fails on overflow. */
    OUTPUT_OVERFLOW(false),
    /** The caller stopped, killed or closed it. */
    STOPPED(false),
    /** Its group was closed. */
    GROUP_CLOSED(false),
    /** Its manager was closed. */
    MANAGER_CLOSED(false),
    /** The JVM shuts down. */
    SHUTDOWN(false),
    /** The backend that holds it was taken away, for instance because its bundle was stopped. */
    BACKEND_STOPPED(false),
    /** Who started it is there no more: in OSGi its bundle was stopped. */
    OWNER_STOPPED(false),
    /** The backend lost the process: what became of it is unknown. */
    LOST(false);

    private final boolean timeout;

    Cause(boolean timeout) {
        this.timeout = timeout;
    }

    /**
     * Whether one of the three timeouts ended it.
     *
     * @return true for {@link #TIMED_OUT}, {@link #IDLE} and {@link #CPU_TIME}
     */
    public boolean isTimeout() {
        return timeout;
    }
}

package pm.core.jmx;

/** What JMX offers when the setting {@code jmx.control} is on: all that it shows otherwise, and two operations. */
public interface ProcessManagerControlMXBean extends ProcessManagerMXBean {
    /**
     * Starts the escalation of one process and returns at once.
     *
     * @param processId pm's id
     * @return false when no such process is active
     */
    boolean stop(String processId);

    /** As {@link #stop}, from the kill on. */
    boolean kill(String processId);
}

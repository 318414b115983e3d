package pm.api;

/** What can be limited for a tree. */
public enum LimitKind {
    /** Memory of all processes together. */
    MEMORY("memory"),
    /** CPUs that all processes together may use at a time, as a fraction. */
    CPUS("cpus"),
    /** Number of processes (and threads, where the system counts them as such) alive at a time. */
    PROCESSES("processes");

    private final String label;

    LimitKind(String label) {
        this.label = label;
    }

    /**
     * The name in events, reports and the command line.
     *
     * @return for instance {@code memory}
     */
    public String label() {
        return label;
    }
}

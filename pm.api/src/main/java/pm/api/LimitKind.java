package pm.api;

/**
 * What can be limited for a tree. A kind is held for the tree as a whole, unless it says that it holds for each process.
 * Immutable; safe for use by any thread.
 */
public enum LimitKind {
    /** Memory of all processes together, in bytes. */
    MEMORY("memory", 1, Long.MAX_VALUE),
    /**
     * Swap space of all processes together, in bytes; 0 forbids swapping. With a memory limit and no limit of swap, swap is forbidden where
     * the host can limit it; where it cannot, the tree may swap, and the capabilities say so in the reason of {@link #MEMORY}.
     */
    SWAP("swap", 0, Long.MAX_VALUE),
    /** CPUs that all processes together may use at a time, in thousandths. */
    CPUS("cpus", 1, 1_000_000_000),
    /** Share of the CPU among trees that want more than there is; 100 where nothing else is said (cgroups: cpu.weight). */
    CPU_WEIGHT("cpu-weight", 1, 10_000),
    /** Number of processes (and threads, where the system counts them as such) alive at a time. */
    PROCESSES("processes", 1, Integer.MAX_VALUE),
    /** Bytes read per second from each block device. */
    READ_BANDWIDTH("read-bandwidth", 1, Long.MAX_VALUE),
    /** Bytes written per second to each block device. */
    WRITE_BANDWIDTH("write-bandwidth", 1, Long.MAX_VALUE),
    /** Read operations per second on each block device. */
    READ_OPERATIONS("read-operations", 1, Integer.MAX_VALUE),
    /** Write operations per second on each block device. */
    WRITE_OPERATIONS("write-operations", 1, Integer.MAX_VALUE),
    /**
     * Memory of each process, in bytes; one that wants more is refused it, or the tree is ended, as the reason of the capabilities says.
     * What counts as memory is the system's: on Linux the address space, of which JVMs and the like reserve far more than they use, on
     * Windows what is committed.
     */
    PROCESS_MEMORY("process-memory", 1, Long.MAX_VALUE),
    /**
     * CPUs on which the processes may run, as a bit mask: bit 0 is CPU 0, so CPUs 0 to 62 can be named. See {@link Limits#affinity}. It
     * says where they run; how much of the CPUs they may use is {@link #CPUS}.
     */
    AFFINITY("affinity", 1, Long.MAX_VALUE),
    /** File descriptors that each process may have open. */
    OPEN_FILES("open-files", 3, Integer.MAX_VALUE),
    /** Size of a file that a process may write, in bytes, for each process. */
    FILE_SIZE("file-size", 0, Long.MAX_VALUE),
    /** Size of a core dump, in bytes, for each process. */
    CORE_SIZE("core-size", 0, Long.MAX_VALUE),
    /** Nice value that each process is born with (nice(2)): -20 goes first, 19 last. */
    NICE("nice", -20, 19),
    /** How readily the kernel kills when the machine is out of memory (proc(5), oom_score_adj): 1000 first, -1000 never. */
    OOM_SCORE_ADJ("oom-score-adj", -1000, 1000);

    private final String label;
    private final long least;
    private final long most;

    LimitKind(String label, long least, long most) {
        this.label = label;
        this.least = least;
        this.most = most;
    }

    /**
     * The name in events, reports and the command line.
     *
     * @return for instance {@code memory}
     */
    public String label() {
        return label;
    }

    /**
     * Whether a process takes it over from its parent when it is started. Such a limit cannot be changed for a tree that runs. A process
     * that has the privilege can loosen it for itself and what it starts (CAP_SYS_RESOURCE, for nice CAP_SYS_NICE: root has both); any
     * process on Linux can take back an oom_score_adj above that of the JVM, and an affinity.
     *
     * @return true for those that hold for each process
     */
    public boolean isInherited() {
        return switch (this) {
            case PROCESS_MEMORY, AFFINITY, OPEN_FILES, FILE_SIZE, CORE_SIZE, NICE, OOM_SCORE_ADJ -> true;
            default -> false;
        };
    }

    /**
     * The least amount that makes sense.
     *
     * @return in the kind's unit
     */
    public long least() {
        return least;
    }

    /**
     * The greatest amount that makes sense.
     *
     * @return in the kind's unit
     */
    public long most() {
        return most;
    }
}

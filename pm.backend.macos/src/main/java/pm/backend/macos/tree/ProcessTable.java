package pm.backend.macos.tree;

import java.util.List;
import java.util.Optional;

/** The processes of the host. Safe for use by any thread. */
public interface ProcessTable {
    /** The pids of all of them, zombies too, as of one moment. */
    List<Integer> pids();

    /** The process that has a pid now. */
    Optional<ProcessRecord> find(int pid);

    /** Whether it has a tree's ids in its environment; false when that cannot be read. */
    boolean isMarked(ProcessRecord process, TreeIds ids);
}

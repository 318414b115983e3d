package pm.backend.linux.cgroup;

import java.util.Optional;
import pm.api.ExitStatus;
import pm.api.ResourceUsage;

/** What a tree has to know of its leader, whoever started that. */
interface TreeLeader {
    /** 0 as long as there is none. */
    long pid();

    /** For other eyes, masked words as {@code ***}. */
    String command();

    /** What it alone has used, as far as known. */
    ResourceUsage usage();

    /** How it ended; empty while it runs. */
    Optional<ExitStatus> exit();

    /** Whether it was reaped, or there is none: wherever it has gone, it does not live. */
    default boolean isOver() {
        return pid() == 0 || exit().isPresent();
    }
}

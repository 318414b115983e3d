package pm.backend.macos.process;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import pm.backend.macos.tree.ProcessRecord;

/** What can be asked about one process. Whoever is gone has no answer. Safe for use by any thread. */
public interface ProcessFacts {
    /** What it has used so far, without what its children have. */
    Optional<Sample> sample(ProcessRecord process);

    /** Its arguments joined by spaces, or its name in brackets. */
    String command(ProcessRecord process);

    /** When it started. */
    Optional<Instant> started(ProcessRecord process);

    /** The status, as wait(2) has it, of a child of ours that has exited and was not reaped. */
    OptionalInt exitStatus(int pid);
}

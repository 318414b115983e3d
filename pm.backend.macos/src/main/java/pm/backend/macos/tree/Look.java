package pm.backend.macos.tree;

import java.util.List;

/**
 * What a look at all processes has shown.
 *
 * @param processes those that were there when it began, as they were when each was read
 * @param whole whether each that was new was still there to be read
 */
public record Look(List<ProcessRecord> processes, boolean whole) {
    /** Copies the list. */
    public Look {
        processes = List.copyOf(processes);
    }
}

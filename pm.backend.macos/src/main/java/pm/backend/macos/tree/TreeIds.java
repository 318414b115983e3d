package pm.backend.macos.tree;

import java.util.Collection;

/**
 * What every process of a tree inherits unless it clears its environment. Nobody else has them by accident.
 *
 * @param instanceId of the manager
 * @param processId of the tree
 */
public record TreeIds(String instanceId, String processId) {
    /** Whether all are among some variables, each {@code NAME=value}. */
    public boolean areIn(Collection<String> variables) {
        return variables.contains("PM_INSTANCE_ID=" + instanceId) && variables.contains("PM_PROCESS_ID=" + processId);
    }
}

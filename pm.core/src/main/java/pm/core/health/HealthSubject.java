package pm.core.health;

import java.util.List;
import java.util.Set;
import pm.api.ErrorContext;
import pm.api.Health;
import pm.api.ProcessTree;

/** What a health check asks of a manager. Safe for use by any thread; may take system calls, but waits for nothing. */
public interface HealthSubject {
    /** The manager's id. */
    String instanceId();

    /** What ends the trees when the JVM shuts down. */
    enum Shutdown {
        /** The manager's shutdown hook. */
        HOOK,
        /** The hook should, but is not registered. */
        NO_HOOK,
        /** Whoever opened the manager, by choice. */
        CALLER,
        /** The same, but the JVM shuts down already and the manager is still open. */
        NOT_CLOSED_BY_CALLER
    }

    /** Returns what ends the trees when the JVM shuts down. */
    Shutdown shutdown();

    /** How many processes are active. */
    int active();

    /** How many may be. */
    int maximum();

    /** How many trees survived every step, or have a container that could not be removed, and still do. */
    int failedCleanups();

    /** The backend's own checks: guard, containers, exit watcher. */
    List<Health.Check> backendChecks();

    /** The pids of this JVM's children that this manager answers for: leaders that are not reaped, and the backend's helpers. */
    Set<Long> ownChildren();

    /** Every active tree. */
    List<TreeState> trees();

    /**
     * One active tree.
     *
     * @param context whom it is about
     * @param leaderEnded whether the leader's exit is known
     * @param waitsForDescendants whether descendants may outlive the leader ({@link pm.api.Descendants#WAIT})
     * @param members what is inside now
     * @param excess what of it is beyond its limits
     */
    record TreeState(
            ErrorContext context,
            boolean leaderEnded,
            boolean waitsForDescendants,
            List<ProcessTree.Node> members,
            List<String> excess) {
        /** Copies the lists. */
        public TreeState {
            members = List.copyOf(members);
            excess = List.copyOf(excess);
        }
    }
}

package pm.spi;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;
import pm.api.Capabilities;
import pm.api.Health;
import pm.api.LimitViolation;
import pm.api.Limits;

/**
 * A backend at work for one manager: its exit watcher, its output pump and its crash guard. Threads are constant, whatever the number of
 * processes. Safe for use by any thread.
 */
@ProviderType
public interface BackendSession extends AutoCloseable {
    /** What this host does with each limit. */
    Capabilities capabilities();

    /** What holds the trees, for a person: for instance {@code cgroup v2, /sys/fs/cgroup/…} or {@code launcher (subreaper)}. */
    String containment();

    /** More that a person would want to know: why this kind of containment, which fast paths are in use. */
    List<String> facts();

    /** The backend's own checks: guard, containers, exit watcher. */
    List<Health.Check> checks();

    /**
     * Pids of children of this JVM that are no leaders: guard, launchers, and members of trees that became its children when their parents ended, as
     * in a container whose first process it is.
     */
    Set<Long> helperPids();

    /**
     * Makes an empty container.
     *
     * @param processId pm's id of the process to come
     * @param limits only such as {@link #capabilities()} supports, or approximates when best effort was chosen
     * @param violated hears of limits that are met, when the system tells; called on the backend's threads, returns at once
     * @throws BackendException when it cannot be made, a limit is unsupported (the message names it), or no guard is ready within {@link
     *     pm.api.Setting#GUARD_WAIT}
     */
    Containment contain(String processId, Limits limits, Consumer<LimitViolation> violated) throws BackendException;

    /** Removes containers of dead managers, and empty ones of our own that could not be removed before. May take a while. */
    void removeLeftovers();

    /**
     * Ends the session: guard, threads and its own container. Every containment must be closed before; what is not is killed. Idempotent.
     *
     * @throws BackendException when something of it stays
     */
    @Override
    void close() throws BackendException;
}

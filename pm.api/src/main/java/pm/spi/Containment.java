package pm.spi;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.api.ProcessTree;
import pm.api.ResourceUsage;
import pm.api.Signal;

/** The container of one tree. Nothing here waits for a process. Safe for use by any thread. */
@ProviderType
public interface Containment extends AutoCloseable {
    /** What it is, for a person: for instance the folder of its cgroup. */
    String name();

    /**
     * Starts the leader, inside from birth. Called once. Returns when the program runs.
     *
     * @throws StartException when it does not
     */
    NativeProcess start(StartRequest request) throws StartException;

    /**
     * The stop signal, to the leader's group, then once to every member outside it, then lets stopped members go on.
     *
     * @throws BackendException when the system refuses
     */
    void terminate(Signal signal) throws BackendException;

    /** Begins to kill everything inside; what is forked meanwhile dies too. */
    void kill() throws BackendException;

    /**
     * What is left when a kill did not empty the container in time.
     *
     * @return why it could not be tried, empty when it was
     */
    Optional<String> lastResort() throws BackendException;

    /** Stops every process inside. */
    void suspend() throws BackendException;

    /** Lets every process inside go on. */
    void resume() throws BackendException;

    /** Whether the operating system says that nothing lives inside. Zombies do not live. */
    boolean isEmpty() throws BackendException;

    /**
     * Completes, on the exit watcher's thread, when the operating system says that nothing lives inside; exceptionally with {@link
     * BackendException} when that can no longer be known (then the tree counts as not proven gone).
     */
    CompletionStage<Void> whenEmpty();

    /** What is inside now, the leader first: what lives, and zombies that a parent inside does not reap. */
    List<ProcessTree.Node> members() throws BackendException;

    /** What everything inside has used, those that ended too. Also after {@link #whenEmpty()}, until closed. */
    ResourceUsage usage();

    /** Limits met so far, at most one for each kind. Also after {@link #whenEmpty()}, until closed. */
    List<LimitViolation> violations();

    /**
     * Changes limits of the running tree: those that are named get another amount, all others stay.
     *
     * @throws BackendException when one cannot be changed; the message says which and why, and that nothing or what was changed
     */
    void updateLimits(Limits limits) throws BackendException;

    /**
     * Removes the container. Idempotent.
     *
     * @throws BackendException when it is not empty or cannot be removed; it can be tried again
     */
    @Override
    void close() throws BackendException;
}

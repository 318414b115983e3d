package pm.api;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Starts processes and answers for them: every process is contained from birth, limited as a tree, ended as a tree and proven gone. Managers
 * are separate from each other: closing one never touches another's processes. Safe for use by any thread.
 *
 * @see ProcessManagers
 */
@ProviderType
public interface ProcessManager extends AutoCloseable {
    /** This manager's id: in every event, in the names of its containers, and each child's {@code PM_INSTANCE_ID}. */
    String instanceId();

    /**
     * Starts a process. Returns when the program runs: an error of the start, such as a missing program, is thrown here.
     *
     * @throws TooManyProcessesException when the maximum is active; nothing is queued
     * @throws UnsupportedLimitException when a limit cannot be enforced and best effort was not chosen
     * @throws SpawnException when the program could not be started
     * @throws ManagerClosedException when the manager is closed or closing, or the JVM shuts down
     */
    ManagedProcess spawn(ProcessSpec spec);

    /**
     * Starts a process and waits for the end of its tree; an interrupt of the waiting thread ends the tree.
     *
     * @throws InterruptedException after the tree was ended because of an interrupt
     * @see #spawn(ProcessSpec)
     */
    ProcessResult run(ProcessSpec spec) throws InterruptedException;

    /** A new scope for several processes. */
    ProcessGroup group(String name);

    /** Every process whose tree is not proven empty yet, oldest first. A snapshot. */
    List<ManagedProcess> active();

    /** The active process with this id. */
    Optional<ManagedProcess> find(String processId);

    /**
     * Adds a listener. It gets every event from now on, one after the other.
     *
     * @return removes the listener when closed
     */
    Registration listen(ProcessListener listener);

    /** The backend, and why it is this one. */
    BackendReport backend();

    /** What this host does with each limit. */
    Capabilities capabilities();

    /** The settings in force, with their origins. */
    EffectiveSettings settings();

    /** Counters and latencies since the manager was opened. */
    Metrics metrics();

    /** Checks now and reports. Takes some system calls. */
    Health health();

    /**
     * Ends all trees in parallel and returns when they are proven empty. Idempotent. Spawning is refused from the moment it begins. An
     * interrupt of the calling thread does not shorten it and is kept.
     *
     * @throws CleanupException when a tree survived every step, or a start under way hangs longer than those steps take, as in opening a
     *     named pipe; what that starts when it goes on is killed
     * @throws UnsupportedOperationException for the shared manager, which only the shutdown hook closes, unless {@link Setting#SHUTDOWN} is
     *     {@code caller}
     */
    @Override
    void close();

    /** Something that was registered. */
    interface Registration extends AutoCloseable {
        /** Takes it back. Idempotent. */
        @Override
        void close();
    }
}

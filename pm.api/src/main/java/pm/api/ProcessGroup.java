package pm.api;

import java.util.Collection;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A scope for several processes that depend on each other. Closing it stops them one after the other: each after everything that depends on
 * it, and otherwise in the reverse of the order in which they started. Safe for use by any thread.
 */
@ProviderType
public interface ProcessGroup extends AutoCloseable {
    /** The group's name, in messages. */
    String name();

    /**
     * Starts a member.
     *
     * @throws ManagerClosedException when the group is closed
     * @see ProcessManager#spawn(ProcessSpec)
     */
    ManagedProcess spawn(ProcessSpec spec);

    /**
     * Starts a member that needs others: it is stopped before them.
     *
     * @param dependencies members of this group
     * @throws IllegalArgumentException when one of them is not a member
     * @throws ManagerClosedException when the group is closed
     * @see ProcessManager#spawn(ProcessSpec)
     */
    ManagedProcess spawn(ProcessSpec spec, Collection<ManagedProcess> dependencies);

    /** All members in the order in which they started, those that have ended too. */
    List<ManagedProcess> members();

    /**
     * Stops all members in order, each proven gone before the next is stopped. Goes on when one cannot be ended. Idempotent.
     *
     * @throws CleanupException when a member survived; further ones are suppressed in it
     */
    @Override
    void close();
}

package pm.core.process;

import java.util.List;
import pm.api.ProcessTree;
import pm.spi.BackendException;
import pm.spi.Containment;

/**
 * Asks the system about a tree; a question that cannot be answered is a warning, whatever the backend throws: the end of a tree must not
 * depend on it. Safe for use by any thread.
 */
final class TreeLook {
    private final Containment containment;
    private final Journal journal;

    TreeLook(Containment containment, Journal journal) {
        this.containment = containment;
        this.journal = journal;
    }

    /** Whether the system says that nothing lives inside; false when it does not say. */
    boolean isEmpty() {
        try {
            return containment.isEmpty();
        } catch (BackendException | RuntimeException e) {
            journal.warnOnce("Could not look at the tree: " + e.getMessage());
            return false;
        } catch (OutOfMemoryError full) {
            tooLarge();
            return false;
        }
    }

    /** Without zombies. */
    static List<ProcessTree.Node> living(List<ProcessTree.Node> members) {
        return members.stream().filter(node -> !node.state().startsWith("Z")).toList();
    }

    /** What lives inside, as far as the system says; zombies do not live. */
    List<ProcessTree.Node> members() {
        try {
            return living(containment.members());
        } catch (BackendException | RuntimeException e) {
            journal.warnOnce("Could not look at the tree: " + e.getMessage());
            return List.of();
        } catch (OutOfMemoryError full) {
            tooLarge();
            return List.of();
        }
    }

    private void tooLarge() {
        HeapReserve.release();
        journal.warnOnce("Could not look at the tree: the JVM has no memory left for it, see its -Xmx");
    }
}

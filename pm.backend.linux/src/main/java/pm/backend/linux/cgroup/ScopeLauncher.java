package pm.backend.linux.cgroup;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import pm.api.ProcessTree;
import pm.backend.linux.kernel.Errno;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.launcher.Order;
import pm.backend.linux.launcher.SupervisorProcess;
import pm.backend.linux.proc.Descendants;
import pm.backend.linux.proc.TreeNodes;
import pm.spi.BackendException;

/**
 * The launcher in a scope, and its farewell. It takes BYE only after it has said EMPTY, which comes later than the end of the group: the
 * kernel counts a process out of its group a moment before its parent can reap it; and later still when something has left the group, for
 * the launcher is the subreaper of that too. Safe for use by any thread.
 */
final class ScopeLauncher {
    private Optional<SupervisorProcess> process = Optional.empty();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private boolean takesBye;
    private boolean dismissed;
    private boolean gone;

    /** It runs. */
    synchronized void is(SupervisorProcess started) {
        process = Optional.of(started);
    }

    /** Its pid while it runs. */
    synchronized OptionalLong pid() {
        return process.isEmpty() || gone
                ? OptionalLong.empty()
                : OptionalLong.of(process.get().pid());
    }

    /** It has said EMPTY. */
    void saidEmpty() {
        synchronized (this) {
            takesBye = true;
            sayBye();
        }
        over.complete(null);
    }

    /** Whether it has nothing to reap any more, or is gone itself: then only the group tells. */
    boolean isOver() {
        return over.isDone();
    }

    CompletionStage<Void> whenOver() {
        return over.minimalCompletionStage();
    }

    /** Descendants of the launcher, wherever they are. */
    List<ProcessTree.Node> members(long leader) {
        OptionalLong launcher = pid();
        return launcher.isEmpty() ? List.of() : TreeNodes.of(leader, Descendants.of(launcher.getAsLong()));
    }

    /** Gives an order about the tree; a launcher that is gone needs none. */
    synchronized void order(Order order, int value) throws BackendException {
        if (pid().isEmpty()) {
            return;
        }
        try {
            process.get().wake();
            process.get().send(order, value);
        } catch (KernelException refused) {
            if (refused.errno() != Errno.EPIPE && refused.errno() != Errno.ECONNRESET) {
                throw new BackendException(
                        "Could not order " + order + " of the launcher "
                                + process.get().pid() + ": " + refused.getMessage(),
                        refused);
            }
        }
    }

    /** It is not needed any more, and leaves as soon as it has reaped everything. Repeatable. */
    synchronized void dismiss() {
        dismissed = true;
        sayBye();
    }

    void ended() {
        synchronized (this) {
            gone = true;
        }
        over.complete(null);
    }

    private void sayBye() {
        if (!dismissed || pid().isEmpty()) {
            return;
        }
        try {
            process.get().wake();
            if (takesBye) {
                process.get().send(Order.BYE, 0);
            }
        } catch (KernelException ending) {
            // EPIPE: it has ended already, which will be heard soon.
            return;
        }
    }
}

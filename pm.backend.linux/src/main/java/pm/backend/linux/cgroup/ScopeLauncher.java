package pm.backend.linux.cgroup;

import java.util.Optional;
import java.util.OptionalLong;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.launcher.Order;
import pm.backend.linux.launcher.SupervisorProcess;

/**
 * The launcher in a scope, and its farewell. It takes BYE only after it has said EMPTY, which comes later than the end of the group: the
 * kernel counts a process out of its group a moment before its parent can reap it. Safe for use by any thread.
 */
final class ScopeLauncher {
    private Optional<SupervisorProcess> process = Optional.empty();
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
    synchronized void saidEmpty() {
        takesBye = true;
        sayBye();
    }

    /** It is not needed any more, and leaves as soon as it has reaped everything. Repeatable. */
    synchronized void dismiss() {
        dismissed = true;
        sayBye();
    }

    synchronized void ended() {
        gone = true;
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

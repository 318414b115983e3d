package pm.backend.linux.process;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import pm.backend.linux.kernel.HeldProcess;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.proc.Descendants;

/**
 * Members of trees that became children of this JVM when their parents ended: only where it is the first process of its PID namespace, or a
 * subreaper (PR_SET_CHILD_SUBREAPER(2const)). They are reaped by their pidfds. Other children of this JVM are never touched. Safe for use by any thread.
 */
public final class Orphans {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** A look takes at most this part of the time. */
    private static final int MOST_SHARE = 50;
    /** From 1 ms on each wait is twice the one before: half a second in all. */
    private static final int MOST_ATTEMPTS = 9;

    private final Supplier<LongPredicate> members;
    private final ExitWatcher watcher;
    private boolean repeated;

    /**
     * Looks for none yet.
     *
     * @param members asked once for each look: whether a child of this JVM was a member of a tree, and is reaped by nobody else
     * @param watcher on whose thread the looks are repeated
     */
    public Orphans(Supplier<LongPredicate> members, ExitWatcher watcher) {
        this.members = members;
        this.watcher = watcher;
    }

    /** Whether orphans come to this JVM. The host may make it a subreaper at any time. */
    public static boolean comeToThisJvm() {
        return ProcessHandle.current().pid() == 1 || Kernel.isSubreaper();
    }

    /** Begins to look once a second, if orphans come to this JVM. Idempotent. */
    public synchronized void watch() {
        if (!repeated && comeToThisJvm()) {
            repeated = true;
            watcher.after(INTERVAL, this::lookAgain);
        }
    }

    private void lookAgain() {
        long begin = System.nanoTime();
        look(pid -> true);
        Duration share = Duration.ofNanos((System.nanoTime() - begin) * MOST_SHARE);
        watcher.after(share.compareTo(INTERVAL) > 0 ? share : INTERVAL, this::lookAgain);
    }

    /**
     * Reaps what is left of a tree in which nothing lives, then runs an action: at once where orphans do not come to this JVM. The kernel may count a
     * process out of its group before it becomes a child of this JVM, so there are several looks, for half a second at most.
     *
     * @param ofTree whether a member belongs to the tree
     */
    public void reapThen(LongPredicate ofTree, Runnable action) {
        if (!comeToThisJvm()) {
            action.run();
            return;
        }
        watch();
        attempt(ofTree, action, 0);
    }

    private void attempt(LongPredicate ofTree, Runnable action, int attempt) {
        if (look(ofTree).isEmpty() || attempt == MOST_ATTEMPTS) {
            action.run();
        } else {
            watcher.after(Duration.ofMillis(1L << attempt), () -> attempt(ofTree, action, attempt + 1));
        }
    }

    /** Reaps those that have ended, and returns the pids of the others. */
    public Set<Long> reap() {
        return comeToThisJvm() ? look(pid -> true) : Set.of();
    }

    private Set<Long> look(LongPredicate ofTree) {
        LongPredicate wanted = members.get().and(ofTree);
        Set<Long> living = new HashSet<>();
        for (long child : Descendants.children(ProcessHandle.current().pid())) {
            if (wanted.test(child) && !reap(child, wanted)) {
                living.add(child);
            }
        }
        return living;
    }

    private static boolean reap(long pid, LongPredicate wanted) {
        try (HeldProcess held = HeldProcess.open(pid)) {
            // Once more: what is held now may be another that has got the pid.
            return wanted.test(pid) && held.reap();
        } catch (KernelException goneOrRefused) {
            return false;
        }
    }
}

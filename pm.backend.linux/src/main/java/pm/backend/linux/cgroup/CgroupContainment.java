package pm.backend.linux.cgroup;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.api.ProcessTree;
import pm.api.ResourceUsage;
import pm.api.Signal;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.kernel.Signals;
import pm.backend.linux.launcher.Launched;
import pm.backend.linux.launcher.Launching;
import pm.backend.linux.launcher.ProcessLimits;
import pm.backend.linux.proc.ProcFiles;
import pm.backend.linux.process.ExitWatcher;
import pm.backend.linux.process.Orphans;
import pm.spi.BackendException;
import pm.spi.Containment;
import pm.spi.NativeProcess;
import pm.spi.StartException;
import pm.spi.StartRequest;

/**
 * A tree in a cgroup of its own. The kernel keeps every descendant in it, so what it says of the group is true of the tree; but for what has
 * the privilege to leave it. Of that the leader is known all the same: it is our child.
 */
public final class CgroupContainment implements Containment {
    private final InstanceCgroup manager;
    private final Launching launching;
    private final CgroupTree tree;
    private final LaunchedLeader leader;
    private Limits limits;
    private boolean closed;
    /** While it is, a child in the group may be the leader that is not known yet. */
    private volatile boolean starting;

    private CgroupContainment(
            InstanceCgroup manager, CgroupTree tree, LaunchedLeader leader, Limits limits, Launching launching) {
        this.manager = manager;
        this.tree = tree;
        this.leader = leader;
        this.limits = limits;
        this.launching = launching;
    }

    /**
     * Makes the groups of a tree, with its limits.
     *
     * @param violated hears of limits that are met
     * @param orphans reaps what is left of the tree to this JVM
     * @throws BackendException with the reason; then nothing is left
     */
    public static CgroupContainment create(
            InstanceCgroup manager,
            String processId,
            Limits limits,
            Consumer<LimitViolation> violated,
            Launching launching,
            ExitWatcher watcher,
            Orphans orphans)
            throws BackendException {
        TreeGroups groups = makeGroups(manager, processId, limits);
        try {
            LaunchedLeader leader = new LaunchedLeader();
            CgroupTree tree = new CgroupTree(
                    groups,
                    watcher,
                    leader,
                    violated,
                    action -> orphans.reapThen(
                            pid -> manager.treeOf(pid).filter(processId::equals).isPresent(), action),
                    () -> true);
            groups.limit(limits, limits.kinds());
            tree.listen(limits.kinds());
            return new CgroupContainment(manager, tree, leader, limits, launching);
        } catch (BackendException e) {
            groups.main().removeIfEmpty();
            groups.removeFurther();
            manager.release(groups);
            throw e;
        }
    }

    private static TreeGroups makeGroups(InstanceCgroup manager, String processId, Limits limits)
            throws BackendException {
        try {
            return manager.makeTree(processId, limits.kinds());
        } catch (IOException e) {
            throw new BackendException(
                    "Could not make a control group in " + manager.path() + ": " + e
                            + ", see whether the host has a limit of groups",
                    e);
        }
    }

    @Override
    public String name() {
        return "cgroup " + tree.folder();
    }

    @Override
    public NativeProcess start(StartRequest request) throws StartException {
        starting = true;
        try (OpenFolders folders = OpenFolders.of(tree.groups().all())) {
            Launched started = launching.exec(request, ProcessLimits.of(limits), folders.descriptors());
            leader.is(started, String.join(" ", request.shownCommand()));
            // Runs on the watcher's thread, or here when it has ended already.
            started.exit().thenRun(tree::leaderEnded);
            return started;
        } catch (KernelException e) {
            tree.endsHere();
            throw new StartException(
                    StartException.Kind.OTHER,
                    "Could not start '" + request.command().get(0) + "': " + e.getMessage(),
                    e);
        } catch (StartException e) {
            tree.startFailed(e);
            throw e;
        } finally {
            starting = false;
        }
    }

    /** The leader's pid until it has been reaped, empty before it was started and after. */
    public OptionalLong unreapedLeader() {
        return leader.isOver() ? OptionalLong.empty() : OptionalLong.of(leader.pid());
    }

    /** Whether a child of this JVM in the tree's group came to it as an orphan: it is not the leader, which is reaped as such. */
    public boolean isOrphan(long pid) {
        return !starting && (leader.isOver() || leader.pid() != pid);
    }

    /** Whether there is or was a leader in it. */
    public boolean hasStarted() {
        return leader.pid() != 0;
    }

    @Override
    public void terminate(Signal signal) throws BackendException {
        int number = Signals.number(signal);
        try {
            long group = leader.signalGroup(number);
            tree.signal(pid -> isOutside(pid, group), number);
        } catch (KernelException e) {
            throw new BackendException("Could not signal the group of " + name() + ": " + e.getMessage(), e);
        }
    }

    private static boolean isOutside(long pid, long group) {
        return ProcFiles.stat(pid).filter(stat -> stat.group() != group).isPresent();
    }

    @Override
    public void kill() throws BackendException {
        try {
            tree.kill();
        } finally {
            killLeader();
        }
    }

    /** Also when it has left the group. */
    public void killLeader() throws BackendException {
        try {
            leader.kill();
        } catch (KernelException e) {
            throw new BackendException("Could not kill the leader of " + name() + ": " + e.getMessage(), e);
        }
    }

    /** Once more, and besides one by one: the last means that there is; what survives it, the kernel itself does not let go. */
    @Override
    public Optional<String> lastResort() throws BackendException {
        try {
            kill();
        } finally {
            tree.killOneByOne();
        }
        return Optional.empty();
    }

    @Override
    public void suspend() throws BackendException {
        tree.suspend();
    }

    @Override
    public void resume() throws BackendException {
        tree.resume();
    }

    @Override
    public boolean isEmpty() throws BackendException {
        return tree.isEmpty();
    }

    @Override
    public CompletionStage<Void> whenEmpty() {
        return tree.whenEmpty();
    }

    @Override
    public List<ProcessTree.Node> members() throws BackendException {
        return tree.members();
    }

    @Override
    public ResourceUsage usage() {
        return tree.usage();
    }

    @Override
    public List<LimitViolation> violations() {
        return tree.violations();
    }

    @Override
    public synchronized void updateLimits(Limits changed) throws BackendException {
        List<LimitKind> refused = changed.kinds().stream()
                .filter(kind -> !tree.groups().canLimit(kind))
                .toList();
        if (!refused.isEmpty()) {
            throw new BackendException("Could not change limits: " + refused + " can only be set when a process starts,"
                    + " and on hosts with cgroups v1 only where it was limited from the start; nothing was changed");
        }
        Limits merged = limits;
        for (LimitKind kind : changed.kinds()) {
            merged = merged.with(kind, changed.amount(kind).orElseThrow());
        }
        tree.listen(merged.kinds());
        try {
            tree.groups().limit(merged, changed.kinds());
        } catch (BackendException e) {
            listenAsBefore(e);
            throw e;
        }
        limits = merged;
    }

    private void listenAsBefore(BackendException reason) {
        try {
            tree.listen(limits.kinds());
        } catch (BackendException e) {
            reason.addSuppressed(e);
        }
    }

    @Override
    public synchronized void close() throws BackendException {
        if (closed) {
            return;
        }
        tree.remove();
        manager.release(tree.groups());
        closed = true;
        tree.endsHere();
    }
}

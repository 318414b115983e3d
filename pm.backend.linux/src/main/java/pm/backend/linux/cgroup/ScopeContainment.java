package pm.backend.linux.cgroup;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import pm.api.ExitStatus;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.api.ProcessTree;
import pm.api.ResourceUsage;
import pm.api.Signal;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.kernel.Signals;
import pm.backend.linux.launcher.LauncherMessage;
import pm.backend.linux.launcher.Launching;
import pm.backend.linux.launcher.Order;
import pm.backend.linux.launcher.ProcessLimits;
import pm.backend.linux.launcher.SuperviseRequest;
import pm.backend.linux.launcher.SupervisorProcess;
import pm.backend.linux.process.ExitWatcher;
import pm.backend.linux.supervision.SupervisedProcess;
import pm.backend.posix.process.WaitStatus;
import pm.spi.BackendException;
import pm.spi.Containment;
import pm.spi.NativeProcess;
import pm.spi.StartException;
import pm.spi.StartRequest;

/**
 * A tree in a scope of systemd. Its launcher stays beside it in the scope, tells how the command ended, and ends the tree when this JVM is
 * gone; what holds the tree is the group. What has left the group by its own privilege is still the launcher's, which ends it too.
 */
public final class ScopeContainment implements Containment {
    private final TreeScope scope;
    private final Launching launching;
    private final ExitWatcher watcher;
    private final Consumer<LimitViolation> violated;
    private final Consumer<String> warned;
    private final Consumer<ScopeContainment> ended;
    private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
    private final ScopeLauncher launcher = new ScopeLauncher();
    private final AtomicBoolean leaderEnded = new AtomicBoolean();
    private final ScopedLeader leader = new ScopedLeader();
    /** Nothing is in the group, and nothing is the launcher's. */
    private final CompletableFuture<Void> empty = new CompletableFuture<>();

    /** Set by start, before the command is born. */
    private volatile Optional<CgroupTree> tree = Optional.empty();

    private volatile Optional<ChangedLimits> changed = Optional.empty();

    /**
     * Nothing of it is in the system until something is started in it.
     *
     * @param violated hears of limits that are met
     * @param warned hears what goes wrong without harm
     * @param ended hears when its tree and its launcher are gone
     */
    public ScopeContainment(
            TreeScope scope,
            Launching launching,
            ExitWatcher watcher,
            Consumer<LimitViolation> violated,
            Consumer<String> warned,
            Consumer<ScopeContainment> ended) {
        this.scope = scope;
        this.launching = launching;
        this.watcher = watcher;
        this.violated = violated;
        this.warned = warned;
        this.ended = ended;
    }

    @Override
    public String name() {
        return "scope " + scope.unit();
    }

    /** The launcher's pid while it runs. */
    public OptionalLong launcherPid() {
        return launcher.pid();
    }

    /** Holds the lock that {@link #launcherEnded} takes, so that the launcher is known when its end is heard. */
    @Override
    public synchronized NativeProcess start(StartRequest request) throws StartException {
        SuperviseRequest wanted = SuperviseRequest.of(request)
                .limited(ProcessLimits.of(scope.limits()), 0)
                .placedBy(launcher -> place(launcher, request));
        try (OpenFolders hierarchy = OpenFolders.ofHierarchy()) {
            SupervisorProcess started = launching.supervise(
                    wanted.killingBelow(hierarchy.first()),
                    new SupervisorProcess.Listener(this::heard, this::launcherEnded));
            launcher.is(started);
            leader.is(started.commandPid());
            SupervisedProcess process = new SupervisedProcess(started, exit);
            leave(started, request);
            return process;
        } catch (StartException e) {
            if (launcher.pid().isEmpty()) {
                // It has ended with the start, and nobody will hear of it.
                launcher.ended();
            }
            // A command that kills its launcher at once may run although its start was not reported.
            tree.ifPresent(begun -> begun.startFailed(e));
            empty.complete(null);
            ended.accept(this);
            throw e;
        }
    }

    private void place(long pid, StartRequest request) throws BackendException {
        TreeGroups groups = scope.open(pid, request.shownCommand());
        leader.willBe(String.join(" ", request.shownCommand()));
        CgroupTree born = new CgroupTree(groups, watcher, leader, violated, Runnable::run, this::groupsAreOursToRemove);
        tree = Optional.of(born);
        born.listen(scope.limits().kinds());
        ChangedLimits later = new ChangedLimits(born, watcher, scope.limits().kinds());
        changed = Optional.of(later);
        CompletionStage<Void> groupEmpty = born.whenEmpty();
        groupEmpty.whenComplete((nothing, failure) -> {
            later.close();
            if (failure != null) {
                empty.completeExceptionally(failure);
            } else {
                launcher.whenOver().thenRun(() -> empty.complete(null));
            }
        });
    }

    /**
     * systemd removes a scope with all its groups when the last process has ended, which is the launcher. It tries once, and gives up when a
     * group disappears meanwhile.
     */
    private boolean groupsAreOursToRemove() {
        return launcher.pid().isPresent();
    }

    private void leave(SupervisorProcess started, StartRequest request) throws StartException {
        try {
            scope.leave(started.pid());
        } catch (IOException e) {
            kill(request, e);
            throw new StartException(
                    StartException.Kind.OTHER,
                    "Could not start '" + request.command().get(0)
                            + "': its launcher cannot leave the group of the tree: " + e.getMessage(),
                    e);
        }
    }

    private void kill(StartRequest request, Exception reason) {
        try {
            kill();
        } catch (BackendException e) {
            reason.addSuppressed(e);
            warned.accept("Could not end '" + request.shownCommand().get(0) + "': " + e.getMessage());
        }
    }

    private void heard(LauncherMessage message) {
        switch (message.kind()) {
            case EXITED -> {
                ExitStatus status = WaitStatus.decode(message.value());
                leader.ended(status, message.usage());
                leaderEnded();
                exit.complete(status);
            }
            // The group itself says when it is empty; this is that all of it was reaped, and what had left it.
            case EMPTY -> launcher.saidEmpty();
            case STUCK ->
                warned.accept("Could not kill " + message.value() + " processes of " + name() + ": "
                        + KernelException.reason(message.error()) + ", it is tried again");
            case ANSWER -> {
                // The tree itself shows what came of an order.
            }
            default -> warned.accept("Could not understand " + message.kind() + " of the launcher of " + name());
        }
    }

    private void leaderEnded() {
        if (leaderEnded.compareAndSet(false, true)) {
            tree.ifPresent(CgroupTree::leaderEnded);
        }
    }

    /** Normally after the end of the tree. When somebody has killed it, nobody would end the tree after the JVM: so now. */
    private synchronized void launcherEnded(ExitStatus status) {
        launcher.ended();
        leader.lost();
        leaderEnded();
        exit.complete(new ExitStatus.Unknown("its launcher ended first, " + status));
        try {
            if (!isEmpty()) {
                kill();
            }
        } catch (BackendException e) {
            warned.accept("Could not end " + name() + ", whose launcher has ended: " + e.getMessage());
        }
        CompletionStage<Void> whenEmpty = empty;
        whenEmpty.thenRun(() -> ended.accept(this));
    }

    @Override
    public void terminate(Signal signal) throws BackendException {
        if (tree.isPresent()) {
            int number = Signals.number(signal);
            tree.get().signal(pid -> true, number);
            if (tree.get().hasLostLeader()) {
                launcher.order(Order.SIGNAL_LEADER, number);
            }
        }
    }

    @Override
    public void kill() throws BackendException {
        if (tree.isPresent()) {
            try {
                tree.get().kill();
            } finally {
                launcher.order(Order.KILL, 0);
            }
        }
    }

    @Override
    public Optional<String> lastResort() throws BackendException {
        kill();
        if (tree.isPresent()) {
            tree.get().killOneByOne();
        }
        return Optional.empty();
    }

    @Override
    public void suspend() throws BackendException {
        if (tree.isPresent()) {
            tree.get().suspend();
        }
    }

    @Override
    public void resume() throws BackendException {
        if (tree.isPresent()) {
            tree.get().resume();
        }
    }

    @Override
    public boolean isEmpty() throws BackendException {
        return tree.isEmpty() || (launcher.isOver() && tree.get().isEmpty());
    }

    @Override
    public CompletionStage<Void> whenEmpty() {
        return tree.isPresent() ? empty.minimalCompletionStage() : CompletableFuture.completedStage(null);
    }

    @Override
    public List<ProcessTree.Node> members() throws BackendException {
        if (tree.isEmpty()) {
            return List.of();
        }
        List<ProcessTree.Node> inside = tree.get().members();
        return inside.isEmpty() && !launcher.isOver() ? launcher.members(leader.pid()) : inside;
    }

    @Override
    public ResourceUsage usage() {
        return tree.map(CgroupTree::usage).map(ScopeUsage::withoutLauncher).orElse(ResourceUsage.NONE);
    }

    @Override
    public List<LimitViolation> violations() {
        return tree.map(CgroupTree::violations).orElseGet(List::of);
    }

    @Override
    public void updateLimits(Limits limits) throws BackendException {
        scope.update(limits);
        if (changed.isPresent()) {
            changed.get().listen(limits);
        }
    }

    /** The launcher has waited until the figures of the scope were read: without it systemd removes the scope. */
    @Override
    public void close() throws BackendException {
        if (tree.isPresent()) {
            if (launcher.pid().isPresent() && !launcher.isOver()) {
                throw new BackendException("Could not remove " + name() + ": it is not empty, kill it first");
            }
            tree.get().remove();
        }
        launcher.dismiss();
        if (launcher.pid().isEmpty()) {
            ended.accept(this);
        }
    }
}

package pm.backend.linux.cgroup;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
import pm.backend.linux.kernel.Signals;
import pm.backend.linux.launcher.LauncherMessage;
import pm.backend.linux.launcher.Launching;
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
 * gone; what holds the tree is the group.
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
        try {
            SupervisorProcess started =
                    launching.supervise(wanted, new SupervisorProcess.Listener(this::heard, this::launcherEnded));
            launcher.is(started);
            leader.is(started.commandPid());
            SupervisedProcess process = new SupervisedProcess(started, exit);
            leave(started, request);
            return process;
        } catch (StartException e) {
            tree.ifPresent(CgroupTree::endsHere);
            ended.accept(this);
            throw e;
        }
    }

    private void place(long pid, StartRequest request) throws BackendException {
        TreeGroups groups = scope.open(pid, request.shownCommand());
        leader.willBe(String.join(" ", request.shownCommand()));
        CgroupTree born = new CgroupTree(groups, watcher, leader, violated);
        tree = Optional.of(born);
        born.listen(scope.limits().kinds());
        ChangedLimits later = new ChangedLimits(born, watcher, scope.limits().kinds());
        changed = Optional.of(later);
        CompletionStage<Void> empty = born.whenEmpty();
        empty.whenComplete((nothing, failure) -> later.close());
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
            // The group itself says when it is empty; this is that all of it was reaped.
            case EMPTY -> launcher.saidEmpty();
            case ANSWER -> {
                // To signals for the leader, which nobody waits for.
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
        leaderEnded();
        exit.complete(new ExitStatus.Unknown("its launcher ended first, " + status));
        try {
            if (!isEmpty()) {
                kill();
            }
        } catch (BackendException e) {
            warned.accept("Could not end " + name() + ", whose launcher has ended: " + e.getMessage());
        }
        CompletionStage<Void> empty = whenEmpty();
        empty.thenRun(() -> ended.accept(this));
    }

    @Override
    public void terminate(Signal signal) throws BackendException {
        if (tree.isPresent()) {
            tree.get().signal(pid -> true, Signals.number(signal));
        }
    }

    @Override
    public void kill() throws BackendException {
        if (tree.isPresent()) {
            tree.get().kill();
        }
    }

    @Override
    public Optional<String> lastResort() throws BackendException {
        if (tree.isPresent()) {
            tree.get().kill();
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
        return tree.isEmpty() || tree.get().isEmpty();
    }

    @Override
    public CompletionStage<Void> whenEmpty() {
        return tree.map(CgroupTree::whenEmpty).orElseGet(() -> CompletableFuture.completedStage(null));
    }

    @Override
    public List<ProcessTree.Node> members() throws BackendException {
        return tree.isPresent() ? tree.get().members() : List.of();
    }

    @Override
    public ResourceUsage usage() {
        return tree.map(CgroupTree::usage)
                .map(ScopeContainment::withoutLauncher)
                .orElse(ResourceUsage.NONE);
    }

    /** It is one of the processes in the scope; its time and its memory are too small to be told apart. */
    private static ResourceUsage withoutLauncher(ResourceUsage scope) {
        return new ResourceUsage(
                scope.cpuUser(),
                scope.cpuSystem(),
                scope.memoryBytes(),
                scope.peakMemoryBytes(),
                scope.readBytes(),
                scope.writtenBytes(),
                oneLess(scope.processes()),
                oneLess(scope.peakProcesses()),
                scope.throttledShare(),
                scope.pressure());
    }

    private static OptionalInt oneLess(OptionalInt count) {
        return count.isPresent() ? OptionalInt.of(Math.max(0, count.getAsInt() - 1)) : count;
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
            tree.get().remove();
        }
        launcher.dismiss();
        if (launcher.pid().isEmpty()) {
            ended.accept(this);
        }
    }
}

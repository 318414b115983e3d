package pm.backend.linux.supervision;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import pm.api.ExitStatus;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.api.ProcessTree;
import pm.api.ResourceUsage;
import pm.api.Signal;
import pm.backend.linux.kernel.Errno;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.kernel.Signals;
import pm.backend.linux.launcher.LauncherMessage;
import pm.backend.linux.launcher.Launching;
import pm.backend.linux.launcher.Order;
import pm.backend.linux.launcher.ProcessLimits;
import pm.backend.linux.launcher.SuperviseRequest;
import pm.backend.linux.launcher.SupervisorProcess;
import pm.backend.linux.proc.Descendants;
import pm.backend.linux.proc.ProcessIdentity;
import pm.backend.linux.proc.ProcessStat;
import pm.backend.linux.proc.TreeNodes;
import pm.backend.linux.process.ExitWatcher;
import pm.backend.posix.process.WaitStatus;
import pm.spi.BackendException;
import pm.spi.Containment;
import pm.spi.NativeProcess;
import pm.spi.StartException;
import pm.spi.StartRequest;

/** A tree that is held together by its supervisor: what the supervisor cannot reap any more is proven gone. */
final class SupervisedContainment implements Containment {
    private static final Duration NET_INTERVAL = Duration.ofMillis(20);
    private static final int NET_ROUNDS = 100;

    private final String processId;
    private final Launching launching;
    private final ExitWatcher exits;
    private final SecondNet net;
    private final LostTrees lost;
    private final ProcessLimits limits;
    private final ProcessCount count;
    private final Consumer<String> warned;
    private final SamplingShare share;
    private final Consumer<SupervisedContainment> closed;
    private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
    /** Done when the supervisor is gone: normally when it has proven the tree gone before. */
    private final CompletableFuture<Void> empty = new CompletableFuture<>();

    /** Both set by start, and never changed after. */
    private volatile SupervisorProcess supervisor;

    private volatile Optional<ProcessIdentity> leader = Optional.empty();
    /** What the supervisor said last: of the whole tree. */
    private volatile Optional<ResourceUsage> finalUsage = Optional.empty();

    SupervisedContainment(
            String processId,
            Launching launching,
            ExitWatcher exits,
            SecondNet net,
            LostTrees lost,
            ProcessLimits limits,
            ProcessCount count,
            Consumer<String> warned,
            SamplingShare share,
            Consumer<SupervisedContainment> closed) {
        this.processId = processId;
        this.launching = launching;
        this.exits = exits;
        this.net = net;
        this.lost = lost;
        this.limits = limits;
        this.count = count;
        this.warned = warned;
        this.share = share;
        this.closed = closed;
    }

    @Override
    public String name() {
        SupervisorProcess now = supervisor;
        return "supervised tree " + processId + (now == null ? "" : ", launcher " + now.pid());
    }

    /** The launcher's pid while it runs. */
    OptionalLong launcherPid() {
        SupervisorProcess now = supervisor;
        return now == null || empty.isDone() ? OptionalLong.empty() : OptionalLong.of(now.pid());
    }

    /** Holds the lock that {@link #ended} takes, so that the supervisor is known when its end is heard. */
    @Override
    public synchronized NativeProcess start(StartRequest request) throws StartException {
        try {
            supervisor = launching.supervise(
                    SuperviseRequest.of(request).limited(limits, count.most()),
                    new SupervisorProcess.Listener(this::heard, this::ended));
        } catch (StartException e) {
            if (e.kind() == StartException.Kind.OTHER) {
                // A command that kills its launcher at once may run although its start was not reported.
                castNet(0, NET_ROUNDS, killed -> {});
            }
            throw e;
        }
        SupervisedProcess process = new SupervisedProcess(supervisor, exit);
        leader = process.identity();
        if (count.most() > 0) {
            share.join(this);
        }
        return process;
    }

    private void heard(LauncherMessage message) {
        switch (message.kind()) {
            case EXITED -> exit.complete(WaitStatus.decode(message.value()));
            case EMPTY -> finalUsage = Optional.of(message.usage());
            case STUCK ->
                warned.accept("Could not kill " + message.value() + " processes of " + name() + ": "
                        + KernelException.reason(message.error()) + ", it is tried again");
            case ANSWER -> answered(message);
            case LIMIT -> count.exceeded(message.value());
            default -> warned.accept("Could not understand " + message.kind() + " of " + name());
        }
    }

    private void answered(LauncherMessage answer) {
        // EBUSY: it kills already. ESRCH: there was nobody left. Both are as good as done.
        if (answer.error() != 0 && answer.error() != Errno.EBUSY && answer.error() != Errno.ESRCH) {
            warned.accept("Could not reach every process of " + name() + ": " + KernelException.reason(answer.error())
                    + ", " + answer.value() + " were reached");
        }
    }

    private synchronized void ended(ExitStatus status) {
        share.leave(this);
        exit.complete(new ExitStatus.Unknown("its supervisor ended first, " + status));
        if (finalUsage.isPresent()) {
            empty.complete(null);
        } else {
            castNet(0, NET_ROUNDS, killed -> lose(status, killed));
        }
    }

    /** Until a look finds nobody: what was forked meanwhile is found by the next one. */
    private void castNet(int killed, int rounds, IntConsumer over) {
        List<ProcessStat> found = net.kill(leader);
        lost.add(leader, found);
        if (!found.isEmpty() && rounds > 0) {
            exits.after(NET_INTERVAL, () -> castNet(killed + found.size(), rounds - 1, over));
            return;
        }
        lost.reapThen(() -> over.accept(killed));
    }

    private void lose(ExitStatus status, int killed) {
        empty.completeExceptionally(new BackendException("Could not prove that nothing of " + name()
                + " is left: its launcher ended before, " + status + "; " + killed
                + " times a process of it was found and killed, look for others with PM_PROCESS_ID=" + processId
                + " in their environment"));
    }

    @Override
    public void terminate(Signal signal) throws BackendException {
        order(Order.TERMINATE, Signals.number(signal));
    }

    @Override
    public void kill() throws BackendException {
        if (empty.isCompletedExceptionally()) {
            net.kill(leader);
        }
        order(Order.KILL, 0);
    }

    /** The tree may stop its launcher whenever it is woken: what can be found of it is killed first. */
    @Override
    public Optional<String> lastResort() throws BackendException {
        net.kill(leader);
        kill();
        return Optional.empty();
    }

    @Override
    public void suspend() throws BackendException {
        order(Order.STOP, 0);
    }

    @Override
    public void resume() throws BackendException {
        order(Order.CONTINUE, 0);
    }

    private void order(Order order, int value) throws BackendException {
        SupervisorProcess now = supervisor;
        if (now == null) {
            return;
        }
        try {
            // It may have been stopped, like anything else in the system.
            now.wake();
            now.send(order, value);
        } catch (KernelException refused) {
            // The supervisor is gone: it has said that the tree is empty, or the second net is on its way.
            if (refused.errno() != Errno.EPIPE && refused.errno() != Errno.ECONNRESET) {
                throw new BackendException(
                        "Could not order " + order + " for " + name() + ": " + refused.getMessage(), refused);
            }
        }
    }

    @Override
    public boolean isEmpty() throws BackendException {
        if (empty.isCompletedExceptionally()) {
            if (!net.find(leader).isEmpty()) {
                return false;
            }
            throw new BackendException("Could not tell whether " + name() + " is empty: its launcher was lost");
        }
        return supervisor == null || empty.isDone();
    }

    @Override
    public CompletionStage<Void> whenEmpty() {
        return supervisor == null ? CompletableFuture.completedStage(null) : empty.minimalCompletionStage();
    }

    @Override
    public List<ProcessTree.Node> members() {
        SupervisorProcess now = supervisor;
        if (now == null) {
            return List.of();
        }
        if (empty.isCompletedExceptionally()) {
            return TreeNodes.of(now.commandPid(), net.find(leader));
        }
        return empty.isDone() ? List.of() : TreeNodes.of(now.commandPid(), Descendants.of(now.pid()));
    }

    @Override
    public ResourceUsage usage() {
        SupervisorProcess now = supervisor;
        return now == null ? ResourceUsage.NONE : finalUsage.orElseGet(() -> TreeUsage.of(now.pid()));
    }

    @Override
    public List<LimitViolation> violations() {
        return count.violations();
    }

    /** Only the number of processes is looked at again and again; all else was set for each process when it was born. */
    @Override
    public void updateLimits(Limits changes) throws BackendException {
        for (LimitKind kind : changes.kinds()) {
            if (kind != LimitKind.PROCESSES) {
                throw new BackendException("Could not change " + kind.label() + " of " + name()
                        + ": without a cgroup it is set for each process before the command runs; nothing was changed");
            }
        }
        if (!changes.kinds().isEmpty()) {
            count.change(SupervisionLimits.mostProcesses(changes));
            order(Order.SET_MAX_PROCESSES, count.most());
            if (count.most() > 0) {
                share.join(this);
            } else {
                share.leave(this);
            }
        }
    }

    /**
     * Tells the launcher how many count processes.
     *
     * @param launchers at least this one
     */
    void shareSampling(int launchers) {
        try {
            order(Order.SHARE_SAMPLING, launchers);
        } catch (BackendException refused) {
            warned.accept(refused.getMessage());
        }
    }

    /** There is nothing to remove: the launcher has ended with the tree. */
    @Override
    public void close() throws BackendException {
        boolean over = supervisor == null || empty.isDone();
        if (!over || (empty.isCompletedExceptionally() && !net.find(leader).isEmpty())) {
            throw new BackendException("Could not remove " + name() + ": it is not empty, kill it first");
        }
        closed.accept(this);
    }
}

package pm.core.process;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import pm.api.Cause;
import pm.api.CleanupException;
import pm.api.Descendants;
import pm.api.EscalationStep;
import pm.api.ExitStatus;
import pm.api.Limits;
import pm.api.ManagedProcess;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.ProcessTree;
import pm.api.ResourceUsage;
import pm.api.Signal;
import pm.api.StopPolicy;
import pm.core.health.HealthSubject;
import pm.core.health.LimitExcess;
import pm.core.process.Lifecycle.Phase;

/** What callers see of a supervised tree. */
final class SupervisedProcess implements ManagedProcess {
    private final Tree tree;
    private final Surroundings surroundings;
    private final Supervision supervision;
    private final LimitUpdates updates;
    /** Made at birth, for a heap that is full. */
    private final Demand stop;

    private final Demand kill;
    /** What callers get of {@link Supervision#done()} when there is no memory for one of their own. */
    private final CompletableFuture<ProcessResult> known = new CompletableFuture<>();

    private CompletableFuture<ProcessResult> shown;
    private Process view;

    SupervisedProcess(Tree tree, Surroundings surroundings, Supervision supervision) {
        this.tree = tree;
        this.surroundings = surroundings;
        this.supervision = supervision;
        this.updates = new LimitUpdates(tree, this::isGone);
        Waits waits = supervision.specWaits();
        this.stop = new Demand(Cause.STOPPED, waits, EscalationStep.TERMINATE);
        this.kill = new Demand(Cause.STOPPED, waits, EscalationStep.KILL);
        CompletionStage<ProcessResult> done = supervision.done();
        done.thenAccept(known::complete);
    }

    @Override
    public String id() {
        return tree.id();
    }

    @Override
    public long pid() {
        return tree.leader().pid();
    }

    @Override
    public ProcessSpec spec() {
        return tree.spec();
    }

    @Override
    public Optional<String> owner() {
        return tree.owner().name();
    }

    @Override
    public Instant startTime() {
        return tree.startTime();
    }

    @Override
    public OutputStream stdin() {
        return supervision.streams().stdin();
    }

    @Override
    public InputStream stdout() {
        return supervision.streams().stdout();
    }

    @Override
    public InputStream stderr() {
        return supervision.streams().stderr();
    }

    @Override
    public boolean isAlive() {
        return !supervision.done().isDone();
    }

    @Override
    public Optional<ExitStatus> exitStatus() {
        return Optional.ofNullable(supervision.lifecycle().exit());
    }

    @Override
    public CompletableFuture<ProcessResult> onExit() {
        try {
            return onExitOfItsOwn();
        } catch (OutOfMemoryError full) {
            HeapReserve.release();
            return known;
        }
    }

    private synchronized CompletableFuture<ProcessResult> onExitOfItsOwn() {
        CompletableFuture<ProcessResult> done = supervision.done();
        if (shown == null) {
            // A future of its own, completed on the callers' thread: what they attach cannot hold up the supervision.
            shown = done.isDone()
                    ? CompletableFuture.completedFuture(done.join())
                    : done.thenApplyAsync(
                            result -> result, surroundings.threads().callers());
        }
        return shown.copy();
    }

    @Override
    public ProcessResult await() throws InterruptedException {
        try {
            return supervision.done().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<ProcessResult> await(Duration limit) throws InterruptedException {
        try {
            return Optional.of(supervision.done().get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public CompletableFuture<ProcessResult> stop() {
        return stop(tree.spec().stopPolicy());
    }

    @Override
    public CompletableFuture<ProcessResult> stop(StopPolicy policy) {
        end(Cause.STOPPED, policy, EscalationStep.TERMINATE);
        return onExit();
    }

    @Override
    public CompletableFuture<ProcessResult> kill() {
        end(Cause.STOPPED, tree.spec().stopPolicy(), EscalationStep.KILL);
        return onExit();
    }

    private void end(Cause cause, StopPolicy policy, EscalationStep from) {
        try {
            supervision.demand(new Demand(cause, Waits.of(policy, surroundings.settings()), from));
        } catch (OutOfMemoryError full) {
            HeapReserve.release();
            supervision.demand(from == EscalationStep.KILL ? kill : stop);
        }
    }

    /** How it was born. */
    Tree born() {
        return tree;
    }

    /** Ends the tree because its scope ends. Returns at once. */
    void endWithScope(Cause cause) {
        // All trees that end together have one graceful wait.
        boolean commonWait = cause != Cause.STOPPED && cause != Cause.GROUP_CLOSED;
        try {
            Waits waits = commonWait
                    ? Waits.whenManagerCloses(tree.spec().stopPolicy(), surroundings.settings())
                    : supervision.specWaits();
            supervision.demand(new Demand(cause, waits, EscalationStep.TERMINATE));
        } catch (OutOfMemoryError full) {
            HeapReserve.release();
            supervision.demand(stop);
        }
    }

    /** Waits until the tree is gone or pm gave up; through interrupts, which are kept. */
    ProcessResult awaitEnd() {
        return supervision.done().join();
    }

    @Override
    public boolean signal(Signal signal) {
        if (signal == Signal.KILL) {
            supervision.lifecycle().kills();
        }
        boolean delivered = tree.ask("send " + signal, () -> tree.leader().signal(signal));
        if (delivered) {
            tree.journal().signalled(signal);
        }
        return delivered;
    }

    @Override
    public void suspend() {
        changeSuspended(true);
    }

    @Override
    public void resume() {
        changeSuspended(false);
    }

    private void changeSuspended(boolean suspended) {
        if (!isAlive()) {
            return;
        }
        boolean changed = tree.ask(suspended ? "suspend" : "resume", () -> {
            if (suspended) {
                tree.containment().suspend();
            } else {
                tree.containment().resume();
            }
            return true;
        });
        assert changed;
        tree.journal().suspendChanged(suspended);
    }

    @Override
    public ProcessTree tree() {
        return new ProcessTree(Instant.now(), TreeLook.living(members()));
    }

    private List<ProcessTree.Node> members() {
        return isGone()
                ? List.of()
                : tree.ask("look at the tree", () -> tree.containment().members());
    }

    @Override
    public ResourceUsage usage() {
        return supervision.usage();
    }

    @Override
    public Limits limits() {
        return tree.limits().now();
    }

    @Override
    public void updateLimits(Limits limits) {
        updates.update(limits);
    }

    @Override
    public List<String> warnings() {
        return tree.journal().warnings();
    }

    @Override
    public synchronized Process asProcess() {
        if (view == null) {
            view = new TreeAsProcess(this);
        }
        return view;
    }

    /** Whether the tree is proven gone. */
    boolean isGone() {
        Phase phase = supervision.lifecycle().phase();
        return phase == Phase.EMPTY || phase == Phase.ENDED;
    }

    /** What a health check wants to know. */
    HealthSubject.TreeState state() {
        return new HealthSubject.TreeState(
                tree.journal().context(),
                exitStatus().isPresent(),
                spec().descendants() == Descendants.WAIT,
                members(),
                LimitExcess.of(limits(), this::usage));
    }

    boolean hasOpenStreams() {
        return supervision.streams().isOpen();
    }

    void closeStreams() {
        supervision.streams().close();
    }

    @Override
    public void close() {
        close(Cause.STOPPED);
    }

    /** As {@link #close()}, for another cause. */
    void close(Cause cause) {
        endWithScope(cause);
        ProcessResult result = awaitEnd();
        closeStreams();
        if (!isGone()) {
            throw failure(result);
        }
    }

    /** What to throw for a tree that survived. */
    CleanupException failure(ProcessResult result) {
        return new CleanupException(
                "Could not end the tree: it survived every step of the escalation: "
                        + result.cleanup().survivors() + "; pm goes on trying",
                tree.journal().context(),
                result.cleanup().survivors());
    }

    @Override
    public String toString() {
        return id() + " (pid " + pid() + ", " + tree.spec() + ")";
    }
}

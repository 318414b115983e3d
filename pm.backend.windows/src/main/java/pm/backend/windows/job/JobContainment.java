package pm.backend.windows.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import pm.api.Capabilities;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.api.ProcessTree;
import pm.api.ResourceUsage;
import pm.api.Signal;
import pm.backend.windows.kernel.HeldProcess;
import pm.backend.windows.kernel.WindowsException;
import pm.backend.windows.process.Started;
import pm.backend.windows.stop.StopRequest;
import pm.spi.BackendException;
import pm.spi.Containment;
import pm.spi.NativeProcess;
import pm.spi.StartException;
import pm.spi.StartRequest;

/** A tree in a job of its own, inside of the manager's. */
public final class JobContainment implements Containment {
    /** What processes exit with that we kill: 128 + 9, as shells have it for SIGKILL. */
    static final int KILLED = 137;

    private final String name;
    private final Tools tools;
    private final JobTree tree;
    private final TreeStop stop;
    private final Consumer<JobContainment> closed;
    private Limits limits;
    private String leadersCommand = "";
    private boolean started;
    private volatile boolean breakaway;

    private JobContainment(
            String processId, Tools tools, JobTree tree, Limits limits, Consumer<JobContainment> closed) {
        this.name = "job of " + processId;
        this.tools = tools;
        this.tree = tree;
        this.stop = new TreeStop(name, tree, tools);
        this.limits = limits;
        this.closed = closed;
    }

    /**
     * Makes an empty job with limits.
     *
     * @param violated hears of limits that are met
     * @param closed hears when it is closed
     */
    public static JobContainment create(
            String processId,
            Limits limits,
            Consumer<LimitViolation> violated,
            Tools tools,
            Consumer<JobContainment> closed)
            throws BackendException {
        try {
            JobTree tree = new JobTree(tools, violated);
            try {
                WantedLimits.begin(tree.job(), limits);
            } catch (BackendException refused) {
                tree.release();
                throw refused;
            }
            return new JobContainment(processId, tools, tree, limits, closed);
        } catch (WindowsException refused) {
            throw new BackendException(
                    "Could not make a job with limits " + limits.amounts() + ": " + refused.getMessage(), refused);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized NativeProcess start(StartRequest request) throws StartException {
        if (request.breakaway()) {
            allowBreakaway(request);
        }
        Started process = tools.starter().start(request, List.of(tools.manager(), tree.job()));
        started = true;
        leadersCommand = String.join(" ", request.shownCommand());
        if (process.sharesConsole()) {
            stop.isOnOurConsole();
        }
        tree.isLedBy(process.process());
        return new JobLeader(process.process(), process.pipelines(), tree, stop);
    }

    private void allowBreakaway(StartRequest request) throws StartException {
        try {
            WantedLimits.set(tree.job(), limits, true);
            breakaway = true;
        } catch (WindowsException refused) {
            throw new StartException(
                    StartException.Kind.OTHER,
                    "Could not let processes leave the tree of '"
                            + request.command().get(0) + "': " + refused.getMessage(),
                    refused);
        }
    }

    static BackendException noSuchSignal(Signal signal) {
        return new BackendException(
                "Could not send " + signal + ": Windows has nothing like it, use TERM, INT, QUIT, KILL, STOP or CONT");
    }

    @Override
    public void terminate(Signal signal) throws BackendException {
        StopRequest request = StopRequest.of(signal);
        switch (request) {
            case KILL -> kill();
            case SUSPEND -> suspend();
            case RESUME -> resume();
            case NONE -> throw noSuchSignal(signal);
            case STOP, BREAK -> {
                act("ask " + name + " to stop", leader -> ask(request, leader));
                resume();
            }
        }
    }

    private void ask(StopRequest request, HeldProcess leader) throws BackendException {
        stop.ask(request, leader, tree.members().pids(leader.pid()));
    }

    @Override
    public void kill() throws BackendException {
        stop.killed();
        act("kill " + name, leader -> tree.job().terminate(KILLED));
    }

    /** The job once more, and besides {@code taskkill}, when there is still a leader for it. */
    @Override
    public Optional<String> lastResort() throws BackendException {
        List<String> reasons = new ArrayList<>();
        kill();
        if (breakaway) {
            return Optional.of("skipped: processes may leave this tree, and taskkill /T ends those that left as well");
        }
        act(
                "end " + name + " by taskkill",
                leader -> tools.lastResort().attempt(leader).ifPresent(reasons::add));
        return reasons.stream().findFirst();
    }

    @Override
    public void suspend() throws BackendException {
        act("suspend " + name, leader -> {
            if (!tree.suspension().suspend(leader.pid())) {
                throw new BackendException(
                        "Could not suspend all of " + name + ": it starts processes faster than they can be stopped");
            }
        });
    }

    @Override
    public void resume() throws BackendException {
        act("resume " + name, leader -> {
            if (!tree.suspension().resume()) {
                throw new BackendException("Could not resume all of " + name + ": the system refuses");
            }
        });
    }

    /** What is done to a tree that was started and is not closed. */
    private interface Action {
        void on(HeldProcess leader) throws BackendException;
    }

    private void act(String what, Action action) throws BackendException {
        Optional<HeldProcess> leader = tree.leader();
        if (leader.isPresent()) {
            try {
                action.on(leader.get());
            } catch (WindowsException refused) {
                if (tree.leader().isPresent()) {
                    throw new BackendException("Could not " + what + ": " + refused.getMessage(), refused);
                }
            }
        }
    }

    @Override
    public boolean isEmpty() throws BackendException {
        try {
            return tree.isEmpty();
        } catch (WindowsException refused) {
            throw new BackendException(
                    "Could not tell whether " + name + " is empty: " + refused.getMessage(), refused);
        }
    }

    @Override
    public synchronized CompletionStage<Void> whenEmpty() {
        return started ? tree.empty().minimalCompletionStage() : CompletableFuture.completedStage(null);
    }

    @Override
    public List<ProcessTree.Node> members() throws BackendException {
        List<ProcessTree.Node> nodes = new ArrayList<>();
        act(
                "list the processes of " + name,
                leader -> nodes.addAll(
                        tree.members().nodes(leader.pid(), leadersCommand, tree.suspension()::isSuspended)));
        return nodes;
    }

    @Override
    public ResourceUsage usage() {
        try {
            return tree.usage();
        } catch (WindowsException refused) {
            tools.warned().accept("Could not read what " + name + " has used: " + refused.getMessage());
            return ResourceUsage.NONE;
        }
    }

    @Override
    public List<LimitViolation> violations() {
        return tree.violations();
    }

    @Override
    public synchronized void updateLimits(Limits changed) throws BackendException {
        Limits merged = limits;
        for (LimitKind kind : changed.kinds()) {
            requireChangeable(kind);
            merged = merged.with(kind, changed.amount(kind).orElseThrow());
        }
        try {
            WantedLimits.set(tree.job(), merged, breakaway);
        } catch (WindowsException refused) {
            throw new BackendException(
                    "Could not change " + changed.kinds() + " of " + name + ": " + refused.getMessage()
                            + "; some of it may have been changed",
                    refused);
        }
        limits = merged;
    }

    private void requireChangeable(LimitKind kind) throws BackendException {
        Capabilities.Support support = tools.capabilities().of(kind);
        String reason = support.level() == Capabilities.Level.UNSUPPORTED
                ? support.reason()
                : "it cannot be changed for a tree that runs";
        if (kind.isInherited() || support.level() == Capabilities.Level.UNSUPPORTED) {
            throw new BackendException(
                    "Could not change " + kind.label() + " of " + name + ": " + reason + "; nothing was changed");
        }
    }

    @Override
    public void close() throws BackendException {
        if (!isEmpty()) {
            throw new BackendException("Could not remove " + name + ": it is not empty, kill it first");
        }
        try {
            tree.close();
        } catch (WindowsException refused) {
            throw new BackendException("Could not remove " + name + ": " + refused.getMessage(), refused);
        }
        closed.accept(this);
    }

    /** Lets go of it without asking: the job ends what lives inside. */
    public void release() {
        stop.killed();
        tree.release();
    }
}

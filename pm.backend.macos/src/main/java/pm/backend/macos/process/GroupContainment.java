package pm.backend.macos.process;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.api.ProcessTree;
import pm.api.ResourceUsage;
import pm.api.Signal;
import pm.backend.macos.tree.ProcessRecord;
import pm.backend.macos.tree.TreeIds;
import pm.spi.BackendException;
import pm.spi.Containment;
import pm.spi.NativeProcess;
import pm.spi.StartException;
import pm.spi.StartRequest;

/** A tree that is held together by looking after it. What is not said to be otherwise is guarded by the tracker's monitor. */
final class GroupContainment implements Containment {
    private static final int MOST_LOOKS = 50;

    private final Equipment equipment;
    private final TreeIds ids;
    private final Limits limits;
    private final SampledLimits sampled;
    private final Consumer<LimitViolation> violated;
    private final Consumer<GroupContainment> closed;
    /** Set by start, and never changed after. */
    private volatile LiveTree live;

    GroupContainment(
            Equipment equipment,
            TreeIds ids,
            Limits limits,
            Consumer<LimitViolation> violated,
            Consumer<GroupContainment> closed) {
        this.equipment = equipment;
        this.ids = ids;
        this.limits = limits;
        this.sampled = new SampledLimits(limits);
        this.violated = violated;
        this.closed = closed;
    }

    @Override
    public String name() {
        LiveTree now = live;
        return now == null ? "tree " + ids.processId() : now.name();
    }

    @Override
    public NativeProcess start(StartRequest request) throws StartException {
        equipment.tracker().prepare();
        Launching.Launched launched = equipment.launching().start(request, limits);
        Optional<ProcessRecord> record = equipment.system().table().find(launched.pid());
        if (record.isEmpty()) {
            equipment.launching().end(launched.pid());
            throw abandoned(request, launched, "the system does not tell about it");
        }
        Leader started = new Leader(record.get(), launched.pipes(), equipment.signals(), equipment.system());
        synchronized (equipment.tracker()) {
            live = new LiveTree(equipment, ids, started, sampled, violated);
            equipment.tracker().add(live);
        }
        equipment.launching().resume(launched.pid());
        equipment.tracker().soon();
        return started;
    }

    private static StartException abandoned(StartRequest request, Launching.Launched launched, String reason) {
        launched.pipes().stdin().ifPresent(pipe -> pipe.close());
        launched.pipes().stdout().ifPresent(pipe -> pipe.close());
        launched.pipes().stderr().ifPresent(pipe -> pipe.close());
        return new StartException(
                StartException.Kind.OTHER,
                "Could not start '" + request.shownCommand().get(0) + "': " + reason);
    }

    /** Whether nothing was started, or all of it has ended. */
    boolean isOver() {
        LiveTree now = live;
        return now == null || now.empty().isDone();
    }

    /** Looks until nobody is new. */
    private void lookToTheEnd() {
        int left = MOST_LOOKS;
        while (equipment.tracker().lookNow() && left > 0) {
            left--;
        }
    }

    @Override
    public void terminate(Signal signal) throws BackendException {
        if (isOver()) {
            return;
        }
        lookToTheEnd();
        int refused = 0;
        for (Signal one : List.of(signal, Signal.CONT)) {
            synchronized (equipment.tracker()) {
                if (!live.isFinished()) {
                    refused += TreeSignals.send(
                            equipment, live.leader().record().pid(), live.tree().living(), one);
                }
            }
        }
        if (refused > 0) {
            throw new BackendException(
                    "Could not signal every process of " + name() + ": some run as another user, end them as that");
        }
    }

    @Override
    public void kill() {
        if (!isOver()) {
            synchronized (equipment.tracker()) {
                live.kill();
            }
            equipment.tracker().soon();
        }
    }

    @Override
    public Optional<String> lastResort() {
        kill();
        return Optional.empty();
    }

    @Override
    public void suspend() {
        boolean grew = !isOver();
        for (int look = 0; grew && look < MOST_LOOKS; look++) {
            equipment.tracker().lookNow();
            synchronized (equipment.tracker()) {
                grew = live.tree().stopNewcomers(equipment.signals());
            }
        }
    }

    @Override
    public void resume() {
        if (!isOver()) {
            lookToTheEnd();
            synchronized (equipment.tracker()) {
                live.tree().resume(equipment.signals());
            }
        }
    }

    @Override
    public boolean isEmpty() throws BackendException {
        if (live != null && live.empty().isCompletedExceptionally()) {
            throw new BackendException("Could not tell whether " + name() + " is empty: see why it is not proven");
        }
        return isOver();
    }

    @Override
    public CompletionStage<Void> whenEmpty() {
        return live == null
                ? CompletableFuture.completedStage(null)
                : live.empty().minimalCompletionStage();
    }

    @Override
    public List<ProcessTree.Node> members() {
        if (isOver()) {
            return List.of();
        }
        lookToTheEnd();
        List<ProcessRecord> living;
        List<ProcessRecord> zombies;
        synchronized (equipment.tracker()) {
            living = live.tree().living();
            zombies = live.tree().zombies();
        }
        return Nodes.of(equipment.system().facts(), living, zombies);
    }

    @Override
    public ResourceUsage usage() {
        LiveTree now = live;
        if (now == null) {
            return ResourceUsage.NONE;
        }
        synchronized (equipment.tracker()) {
            if (!now.isFinished()) {
                now.sample();
            }
            return now.sums().usage();
        }
    }

    @Override
    public List<LimitViolation> violations() {
        synchronized (equipment.tracker()) {
            return sampled.met();
        }
    }

    @Override
    public void updateLimits(Limits changes) throws BackendException {
        for (LimitKind kind : changes.kinds()) {
            if (kind != LimitKind.MEMORY && kind != LimitKind.PROCESSES) {
                throw new BackendException("Could not change " + kind.label() + " of " + name()
                        + ": it can be set for each process before the command runs, if at all; nothing was changed");
            }
        }
        synchronized (equipment.tracker()) {
            sampled.change(changes);
        }
    }

    /** There is nothing to remove: a session ends with its last process. */
    @Override
    public void close() throws BackendException {
        if (!isOver()) {
            throw new BackendException("Could not remove " + name() + ": it is not empty, kill it first");
        }
        closed.accept(this);
    }
}

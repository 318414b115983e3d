package pm.core.process;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import pm.api.Cause;
import pm.api.CleanupException;
import pm.api.ErrorContext;
import pm.api.ManagedProcess;
import pm.api.ProcessEvent;
import pm.api.ProcessGroup;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.core.backend.Backends;
import pm.core.backend.Gate;
import pm.core.backend.OpenedBackend;
import pm.core.health.HealthSubject.TreeState;
import pm.spi.BackendException;

/** All processes of one manager. Safe for use by any thread. */
public final class Processes {
    private final Surroundings surroundings;
    private final Admission admission;
    private final Registry registry = new Registry();
    private final FailedCleanups failed = new FailedCleanups();
    private final Starts starts;
    private final Spawner spawner;
    private final Backends backends;

    /**
     * None yet.
     *
     * @param backends where they are started
     * @param activeChanged told the number of active processes when it has changed
     */
    public Processes(Surroundings surroundings, Backends backends, IntConsumer activeChanged) {
        this.surroundings = surroundings;
        this.backends = backends;
        this.admission = new Admission(() -> surroundings.settings().count(Setting.MAX_PROCESSES), activeChanged);
        this.starts = new Starts(surroundings);
        this.spawner = new Spawner(surroundings, backends, admission, starts, this::enter, failed);
    }

    private SupervisedProcess enter(Tree tree) {
        HeapReserve.fill();
        Entry entry = new Entry();
        Supervision supervision = new Supervision(tree, surroundings, entry);
        SupervisedProcess process = new SupervisedProcess(tree, surroundings, supervision);
        entry.supervision = supervision;
        entry.process = process;
        registry.add(process);
        supervision.start();
        return process;
    }

    /** The way of one process through the books. */
    private final class Entry implements Conclusion.Observer {
        private volatile Supervision supervision;
        private volatile SupervisedProcess process;

        @Override
        public void gone() {
            registry.ended(process);
            admission.leave();
            if (backends.hasEarlier()) {
                closeUnusedBackends();
            }
        }

        @Override
        public void failed() {
            failed.add(supervision);
        }

        @Override
        public void madeGood() {
            failed.remove(supervision);
        }
    }

    /** See {@link pm.api.ProcessManager#spawn}. */
    public ManagedProcess spawn(ProcessSpec spec, Owner owner) {
        return spawner.spawn(spec, owner);
    }

    /** See {@link pm.api.ProcessManager#group}. */
    public ProcessGroup group(String name, Owner owner) {
        return new OrderedGroup(
                name, spec -> spawner.spawn(spec, owner), ErrorContext.ofManager(surroundings.instanceId()));
    }

    /** Those whose trees are not proven empty, oldest first. */
    public List<ManagedProcess> active() {
        return List.copyOf(registry.all());
    }

    /** The active process with this id. */
    public Optional<ManagedProcess> find(String processId) {
        return registry.find(processId).map(process -> process);
    }

    /** How many places are taken. */
    public int activeCount() {
        return admission.taken();
    }

    /** How many places there are. */
    public int maximum() {
        return admission.places();
    }

    /** How many trees or containers could not be cleaned up, and still are not. */
    public int failedCleanups() {
        return failed.count();
    }

    /** Tries failed cleanups again. Takes its time. */
    public void retryFailedCleanups() {
        failed.retry();
    }

    /** Every active tree as a health check sees it. */
    public List<TreeState> trees() {
        return registry.all().stream().map(SupervisedProcess::state).toList();
    }

    /** Pids of leaders that are not reaped. */
    public Set<Long> leaders() {
        return registry.all().stream()
                .filter(process -> process.exitStatus().isEmpty())
                .map(SupervisedProcess::pid)
                .collect(Collectors.toSet());
    }

    /**
     * What became of all trees.
     *
     * @param ended how many had to be ended and are proven gone
     * @param failures one for each that survived, and for each start that hangs
     */
    public record Ending(int ended, List<CleanupException> failures) {}

    /** Closes backends that were replaced, where nothing of theirs is left. Takes its time; what fails is tried again. */
    public void closeUnusedBackends() {
        try {
            backends.closeEarlier(this::uses);
        } catch (BackendException e) {
            surroundings
                    .events()
                    .publish(new ProcessEvent.CleanupFailed(
                            ErrorContext.ofManager(surroundings.instanceId()),
                            Instant.now(),
                            e.getMessage(),
                            List.of()));
        }
    }

    private boolean uses(OpenedBackend backend) {
        return registry.anyOn(backend) || failed.anyOn(backend);
    }

    /** Ends the trees of one backend, whose gate is closed, as {@link #endAll} ends all. */
    public Ending endOn(OpenedBackend backend) {
        return end(scoped -> scoped.isOn(backend), Cause.BACKEND_STOPPED, backend.gate());
    }

    /** Starts nothing any more for an owner, and ends its trees as {@link #endAll} ends all. */
    public Ending endOwnedBy(Owner owner) {
        return end(scoped -> scoped.owner().equals(owner), Cause.OWNER_STOPPED, owner.gate());
    }

    /** Starts nothing any more, since the JVM shuts down; trees go on. */
    public void refuseForShutdown() {
        spawner.refuseForShutdown();
        var unused = admission.close();
    }

    /** Starts nothing any more, ends all trees in parallel, and returns when all are proven gone or pm gave up. Keeps interrupts. */
    public Ending endAll(Cause cause) {
        return end(scoped -> true, cause, admission.close());
    }

    private Ending end(Predicate<Scoped> which, Cause cause, Gate gate) {
        gate.close();
        return end(which, cause, gate.settled());
    }

    /** What starts meanwhile is in the books when the gate through which it went has settled; a start that hangs is given up. */
    private Ending end(Predicate<Scoped> which, Cause cause, CompletableFuture<Void> settled) {
        Set<SupervisedProcess> all = new LinkedHashSet<>(active(which));
        all.forEach(process -> process.endWithScope(cause));
        List<CleanupException> failures = starts.await(settled, which, cause);
        List<SupervisedProcess> late = active(which);
        late.forEach(process -> process.endWithScope(cause));
        all.addAll(late);
        int survivors = 0;
        for (SupervisedProcess process : all) {
            ProcessResult result = process.awaitEnd();
            process.closeStreams();
            if (!process.isGone()) {
                survivors++;
                failures.add(process.failure(result));
            }
        }
        registry.closeStreams(process -> which.test(process.born()));
        return new Ending(all.size() - survivors, failures);
    }

    private List<SupervisedProcess> active(Predicate<Scoped> which) {
        return registry.all().stream()
                .filter(process -> which.test(process.born()))
                .toList();
    }
}

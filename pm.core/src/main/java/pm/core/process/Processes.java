package pm.core.process;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import pm.api.Cause;
import pm.api.CleanupException;
import pm.api.ErrorContext;
import pm.api.ManagedProcess;
import pm.api.ProcessGroup;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.core.health.HealthSubject.TreeState;
import pm.spi.BackendSession;

/** All processes of one manager. Safe for use by any thread. */
public final class Processes {
    private final Surroundings surroundings;
    private final Admission admission;
    private final Registry registry = new Registry();
    private final FailedCleanups failed = new FailedCleanups();
    private final Spawner spawner;

    /**
     * None yet.
     *
     * @param session where they are started
     * @param activeChanged told the number of active processes when it has changed
     */
    public Processes(Surroundings surroundings, BackendSession session, IntConsumer activeChanged) {
        this.surroundings = surroundings;
        this.admission = new Admission(surroundings.settings().count(Setting.MAX_PROCESSES), activeChanged);
        this.spawner = new Spawner(surroundings, session, admission, this::enter);
    }

    private SupervisedProcess enter(Tree tree) {
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
    public ManagedProcess spawn(ProcessSpec spec) {
        return spawner.spawn(spec);
    }

    /** See {@link pm.api.ProcessManager#group}. */
    public ProcessGroup group(String name) {
        return new OrderedGroup(name, spawner, ErrorContext.ofManager(surroundings.instanceId()));
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
     * @param failures one for each that survived
     */
    public record Ending(int ended, List<CleanupException> failures) {}

    /** Starts nothing any more, ends all trees in parallel, and returns when all are proven gone or pm gave up. Keeps interrupts. */
    public Ending endAll(Cause cause) {
        CompletableFuture<Void> settled = admission.close();
        Set<SupervisedProcess> all = new LinkedHashSet<>(registry.all());
        all.forEach(process -> process.endWithScope(cause));
        settled.join();
        List<SupervisedProcess> late = registry.all();
        late.forEach(process -> process.endWithScope(cause));
        all.addAll(late);
        List<CleanupException> failures = new ArrayList<>();
        for (SupervisedProcess process : all) {
            ProcessResult result = process.awaitEnd();
            process.closeStreams();
            if (!process.isGone()) {
                failures.add(process.failure(result));
            }
        }
        registry.closeStreams();
        return new Ending(all.size() - failures.size(), failures);
    }
}

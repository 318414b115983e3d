package pm.backend.linux.supervision;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.backend.linux.launcher.Launching;
import pm.backend.linux.process.ExitWatcher;
import pm.spi.BackendException;
import pm.spi.Containment;

/** All supervised trees of one manager. Safe for use by any thread. */
public final class Supervision {
    private final String instanceId;
    private final Launching launching;
    private final ExitWatcher exits;
    private final Consumer<String> warned;
    private final SamplingShare share = new SamplingShare();
    private final LostTrees lost;
    private final Set<SupervisedContainment> containments = ConcurrentHashMap.newKeySet();

    /**
     * For a manager.
     *
     * @param warned hears what could not be done, on the exit watcher's thread
     */
    public Supervision(String instanceId, Launching launching, ExitWatcher exits, Consumer<String> warned) {
        this.instanceId = instanceId;
        this.launching = launching;
        this.exits = exits;
        this.warned = warned;
        this.lost = new LostTrees(exits);
    }

    /**
     * An empty container; there is nothing of it in the system until something is started in it.
     *
     * @param limits only such as {@link SupervisionLimits#capabilities} supports or approximates
     * @param violated hears when there are too many processes, on the exit watcher's thread
     */
    public Containment contain(String processId, Limits limits, Consumer<LimitViolation> violated) {
        SupervisedContainment containment = new SupervisedContainment(
                processId,
                launching,
                exits,
                new SecondNet(instanceId, processId),
                lost,
                SupervisionLimits.ofEachProcess(limits),
                new ProcessCount(SupervisionLimits.mostProcesses(limits), violated),
                warned,
                share,
                containments::remove);
        containments.add(containment);
        return containment;
    }

    /** Pids of the launchers that supervise now, and of children that this JVM got from launchers that were lost. */
    public Set<Long> ownChildren() {
        Set<Long> pids = new HashSet<>(lost.pids());
        pids.addAll(helperPids());
        return pids;
    }

    /** Pids of the launchers that supervise now. */
    public Set<Long> helperPids() {
        return containments.stream()
                .flatMapToLong(containment -> containment.launcherPid().stream())
                .boxed()
                .collect(Collectors.toSet());
    }

    /** How many containers are open. */
    public int size() {
        return containments.size();
    }

    /** Begins to kill all that is contained still. */
    public void killAll() throws BackendException {
        BackendException failure = null;
        for (SupervisedContainment containment : containments) {
            try {
                containment.kill();
            } catch (BackendException refused) {
                if (failure == null) {
                    failure = refused;
                } else {
                    failure.addSuppressed(refused);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}

package pm.backend.macos.process;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.backend.macos.tree.TreeIds;
import pm.backend.posix.libc.Libc;
import pm.spi.Containment;

/** All trees of one session. Safe for use by any thread. */
public final class Trees {
    /** Of the kernel and of the first process. */
    private static final Set<Integer> SYSTEM = Set.of(0, 1);

    private final String instanceId;
    private final Equipment equipment;
    private final Set<GroupContainment> containments = ConcurrentHashMap.newKeySet();

    /**
     * None yet.
     *
     * @param groups hears which process groups they have, on any thread
     * @param warned hears what could not be done
     */
    public Trees(
            String instanceId,
            HostSystem system,
            HostSystem.Watching watching,
            Launching launching,
            Consumer<Set<Integer>> groups,
            Consumer<String> warned) {
        this.instanceId = instanceId;
        Set<Integer> foreign = new HashSet<>(SYSTEM);
        foreign.add(Libc.getsid(0));
        this.equipment = new Equipment(
                system,
                watching.loop(),
                watching.processes(),
                launching,
                new CheckedSignals(system),
                new Tracker(system, watching.loop(), groups),
                foreign,
                warned);
    }

    /** An empty container. */
    public Containment contain(String processId, Limits limits, Consumer<LimitViolation> violated) {
        GroupContainment containment = new GroupContainment(
                equipment, new TreeIds(instanceId, processId), limits, violated, containments::remove);
        containments.add(containment);
        return containment;
    }

    /** Begins to kill all that lives still. */
    public void killAll() {
        containments.forEach(GroupContainment::kill);
    }

    /** Whether nothing was started, or all of it is gone. */
    public boolean areGone() {
        return containments.stream().allMatch(GroupContainment::isOver);
    }

    /** How many containers are open. */
    public int size() {
        return containments.size();
    }
}

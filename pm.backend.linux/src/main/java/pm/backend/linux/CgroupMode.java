package pm.backend.linux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import pm.api.Capabilities;
import pm.api.Health;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.backend.linux.cgroup.CgroupBase;
import pm.backend.linux.cgroup.CgroupContainment;
import pm.backend.linux.cgroup.InstanceCgroup;
import pm.backend.linux.cgroup.Leftovers;
import pm.backend.linux.guard.Guard;
import pm.backend.linux.launcher.ProcessLimits;
import pm.backend.linux.process.Orphans;
import pm.spi.BackendException;
import pm.spi.Containment;
import pm.spi.SessionObserver;
import pm.spi.Uninterrupted;

/** A cgroup for each tree, and a guard for all of them. */
final class CgroupMode implements ContainmentMode {
    private static final Duration KILL_WAIT = Duration.ofSeconds(2);

    private final Equipment equipment;
    private final InstanceCgroup cgroup;
    private final Leftovers leftovers;
    private final Guard guard;
    private final Duration guardWait;
    private final Orphans orphans;
    private final Map<String, CgroupContainment> open = new ConcurrentHashMap<>();

    private CgroupMode(Equipment equipment, InstanceCgroup cgroup, Duration guardWait, SessionObserver observer) {
        this.equipment = equipment;
        this.cgroup = cgroup;
        this.guardWait = guardWait;
        this.orphans = new Orphans(this::orphaned, equipment.exits());
        this.leftovers = new Leftovers(cgroup, equipment.exits(), observer);
        this.guard = Guard.start(cgroup, equipment.launching(), equipment.exits(), observer);
    }

    /**
     * Starts the guard, and removes what dead managers left.
     *
     * @param cgroup whoever gets the result closes it
     */
    static CgroupMode open(Equipment equipment, InstanceCgroup cgroup, Duration guardWait, SessionObserver observer)
            throws BackendException {
        CgroupMode mode;
        try {
            mode = new CgroupMode(equipment, cgroup, guardWait, observer);
        } catch (RuntimeException | Error e) {
            cgroup.close();
            throw e;
        }
        try {
            mode.orphans.watch();
            mode.leftovers.remove();
            return mode;
        } catch (RuntimeException | Error e) {
            mode.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return "cgroup v2, " + cgroup.path();
    }

    @Override
    public List<String> facts() {
        CgroupBase base = cgroup.base();
        List<String> facts = new ArrayList<>(List.of(
                "Control groups are made in " + base.folder() + ": " + base.reason() + ".",
                cgroup.hasKill()
                        ? "Trees are killed by cgroup.kill."
                        : "Trees are killed by freezing, SIGKILL and thawing: the kernel has no cgroup.kill."));
        facts.addAll(base.refused());
        facts.addAll(cgroup.facts());
        return facts;
    }

    @Override
    public Capabilities capabilities() {
        Map<LimitKind, Capabilities.Support> supports = new EnumMap<>(ProcessLimits.supports());
        supports.putAll(cgroup.supports());
        return new Capabilities(supports);
    }

    @Override
    public List<Health.Check> checks() {
        List<Health.Check> checks = new ArrayList<>();
        checks.add(guard.check());
        checks.add(
                cgroup.isIntact()
                        ? new Health.Check(
                                "cgroup", Health.Status.OK, cgroup.path().toString())
                        : new Health.Check("cgroup", Health.Status.CRITICAL, "somebody has removed " + cgroup.path()));
        return checks;
    }

    @Override
    public Set<Long> helperPids() {
        Set<Long> pids = new HashSet<>(orphans.reap());
        guard.pid().ifPresent(pids::add);
        return pids;
    }

    /** Tells members of trees from leaders, which are reaped as such, and from children that are no members. */
    private LongPredicate orphaned() {
        Set<Long> leaders = open.values().stream()
                .flatMapToLong(containment -> containment.unreapedLeader().stream())
                .boxed()
                .collect(Collectors.toSet());
        return pid -> !leaders.contains(pid)
                && cgroup.treeOf(pid)
                        .filter(tree ->
                                !open.containsKey(tree) || open.get(tree).isOrphan(pid))
                        .isPresent();
    }

    @Override
    public Containment contain(String processId, Limits limits, Consumer<LimitViolation> violated)
            throws BackendException {
        guard.awaitReady(guardWait);
        CgroupContainment made = CgroupContainment.create(
                cgroup, processId, limits, violated, equipment.launching(), equipment.exits(), orphans);
        open.put(processId, made);
        CompletionStage<Void> gone = made.whenEmpty();
        gone.whenComplete((nothing, failure) -> open.remove(processId));
        return made;
    }

    @Override
    public void removeLeftovers() {
        leftovers.remove();
        leftovers.removeUnused();
        orphans.watch();
    }

    /** While something lives, the guard stays: it kills again when the JVM ends. */
    @Override
    public void close() throws BackendException {
        for (CgroupContainment containment : open.values()) {
            // One that has left its group is not among those.
            containment.killLeader();
        }
        cgroup.killTrees(equipment.exits(), KILL_WAIT);
        awaitReaping();
        orphans.reap();
        guard.close();
        cgroup.close();
    }

    /** The kernel counts a process out of its group a moment before its parent can hear of the end: nobody else would reap it. */
    private void awaitReaping() throws BackendException {
        CompletableFuture<?>[] ends = open.values().stream()
                .filter(CgroupContainment::hasStarted)
                .map(containment -> containment.whenEmpty().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        try {
            Uninterrupted.get(CompletableFuture.allOf(ends), KILL_WAIT);
        } catch (TimeoutException e) {
            throw new BackendException("Could not reap everything in " + cgroup.path() + " within " + KILL_WAIT, e);
        } catch (ExecutionException unwatched) {
            // Leaders were reaped before, and that their groups are empty we have seen.
            return;
        }
    }
}

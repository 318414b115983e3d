package pm.backend.linux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import pm.api.Health;
import pm.backend.linux.cgroup.CgroupBase;
import pm.backend.linux.cgroup.CgroupContainment;
import pm.backend.linux.cgroup.InstanceCgroup;
import pm.backend.linux.cgroup.Leftovers;
import pm.backend.linux.guard.Guard;
import pm.spi.BackendException;
import pm.spi.Containment;
import pm.spi.SessionObserver;

/** A cgroup for each tree, and a guard for all of them. */
final class CgroupMode implements ContainmentMode {
    private static final Duration KILL_WAIT = Duration.ofSeconds(2);

    private final Equipment equipment;
    private final InstanceCgroup cgroup;
    private final Leftovers leftovers;
    private final Guard guard;
    private final Duration guardWait;
    private final SessionObserver observer;

    CgroupMode(Equipment equipment, InstanceCgroup cgroup, Duration guardWait, SessionObserver observer) {
        this.equipment = equipment;
        this.cgroup = cgroup;
        this.guardWait = guardWait;
        this.observer = observer;
        this.leftovers = new Leftovers(cgroup.base(), equipment.exits(), observer);
        this.guard = Guard.start(cgroup, equipment.launching(), equipment.exits(), observer);
        leftovers.remove();
    }

    @Override
    public String name() {
        return "cgroup v2, " + cgroup.path();
    }

    @Override
    public List<String> facts() {
        CgroupBase base = cgroup.base();
        return List.of(
                "Control groups are made in " + base.folder() + ": " + base.reason() + ".",
                cgroup.hasKill()
                        ? "Trees are killed by cgroup.kill."
                        : "Trees are killed by freezing, SIGKILL and thawing: the kernel has no cgroup.kill.");
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
        return guard.pid().map(Set::of).orElse(Set.of());
    }

    @Override
    public Containment contain(String processId) throws BackendException {
        guard.awaitReady(guardWait);
        return CgroupContainment.create(cgroup, processId, equipment.launching(), equipment.exits());
    }

    @Override
    public void removeLeftovers() {
        leftovers.remove();
        try {
            cgroup.removeUnused();
        } catch (BackendException e) {
            observer.warned(e.getMessage());
        }
    }

    /** While something lives, the guard stays: it kills again when the JVM ends. */
    @Override
    public void close() throws BackendException {
        cgroup.killTrees(equipment.exits(), KILL_WAIT);
        guard.close();
        cgroup.close();
    }
}

package pm.backend.linux;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import pm.api.Capabilities;
import pm.api.Health;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.backend.linux.supervision.Supervision;
import pm.backend.linux.supervision.SupervisionLimits;
import pm.spi.BackendException;
import pm.spi.Containment;
import pm.spi.SessionRequest;
import pm.spi.Uninterrupted;

/** A launcher that stays for each tree. It also is the tree's guard, so nothing else is needed, and nothing is left by dead managers. */
final class SupervisionMode implements ContainmentMode {
    private static final Duration KILL_WAIT = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

    private final Supervision supervision;
    private final String reason;

    SupervisionMode(Equipment equipment, SessionRequest request, String reason) {
        this.supervision = new Supervision(
                request.instanceId(), equipment.launching(), equipment.exits(), request.observer()::warned);
        this.reason = reason;
    }

    @Override
    public String name() {
        return "launcher (subreaper)";
    }

    @Override
    public List<String> facts() {
        return List.of("A launcher stays with each tree as its subreaper, for there is no cgroup: " + reason + ".");
    }

    @Override
    public Capabilities capabilities() {
        return SupervisionLimits.capabilities(reason);
    }

    @Override
    public List<Health.Check> checks() {
        return List.of(new Health.Check(
                "supervision", Health.Status.OK, supervision.helperPids().size() + " trees have a launcher"));
    }

    @Override
    public Set<Long> helperPids() {
        return supervision.ownChildren();
    }

    @Override
    public Containment contain(String processId, Limits limits, Consumer<LimitViolation> violated) {
        return supervision.contain(processId, limits, violated);
    }

    @Override
    public void removeLeftovers() {
        // Each launcher ends its own tree when the JVM is gone.
    }

    @Override
    public void close() throws BackendException {
        supervision.killAll();
        long end = System.nanoTime() + KILL_WAIT.toNanos();
        while (!supervision.helperPids().isEmpty()) {
            if (System.nanoTime() - end > 0) {
                throw new BackendException("Could not end all trees within " + KILL_WAIT + ": the launchers "
                        + supervision.helperPids() + " are still at work");
            }
            Uninterrupted.pause(LOOK_AGAIN);
        }
    }
}

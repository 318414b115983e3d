package pm.core.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import pm.api.Health;

/** A manager in a given state. */
final class FixedSubject implements HealthSubject {
    Shutdown shutdown = Shutdown.HOOK;
    int active;
    int failedCleanups;
    RuntimeException backendFailure;
    final List<Health.Check> backendChecks = new ArrayList<>();
    final List<TreeState> trees = new ArrayList<>();

    @Override
    public String instanceId() {
        return "test";
    }

    @Override
    public Shutdown shutdown() {
        return shutdown;
    }

    @Override
    public int active() {
        return active;
    }

    @Override
    public int maximum() {
        return 100;
    }

    @Override
    public int failedCleanups() {
        return failedCleanups;
    }

    @Override
    public List<Health.Check> backendChecks() {
        if (backendFailure != null) {
            throw backendFailure;
        }
        return backendChecks;
    }

    @Override
    public Set<Long> ownChildren() {
        return Set.of();
    }

    @Override
    public List<TreeState> trees() {
        return trees;
    }
}

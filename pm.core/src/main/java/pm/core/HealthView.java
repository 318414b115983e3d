package pm.core;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import pm.api.Health;
import pm.core.backend.Backends;
import pm.core.health.HealthSubject;
import pm.core.process.Processes;

/** A manager as its health check sees it. */
record HealthView(String instanceId, Processes processes, Backends backends, Supplier<Shutdown> ending)
        implements HealthSubject {
    @Override
    public Shutdown shutdown() {
        return ending.get();
    }

    @Override
    public int active() {
        return processes.activeCount();
    }

    @Override
    public int maximum() {
        return processes.maximum();
    }

    @Override
    public int failedCleanups() {
        return processes.failedCleanups();
    }

    @Override
    public List<Health.Check> backendChecks() {
        return backends.sessions().stream()
                .flatMap(session -> session.checks().stream())
                .toList();
    }

    @Override
    public Set<Long> ownChildren() {
        Set<Long> pids = new HashSet<>(processes.leaders());
        backends.sessions().forEach(session -> pids.addAll(session.helperPids()));
        return pids;
    }

    @Override
    public List<TreeState> trees() {
        return processes.trees();
    }
}

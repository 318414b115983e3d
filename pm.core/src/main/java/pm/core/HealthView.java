package pm.core;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import pm.api.Health;
import pm.core.backend.Backends;
import pm.core.health.HealthSubject;
import pm.core.process.Processes;

/** A manager as its health check sees it. */
record HealthView(String instanceId, Processes processes, Backends backends, ShutdownHook hook)
        implements HealthSubject {
    @Override
    public boolean isShutdownHookRegistered() {
        return hook.isRegistered();
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

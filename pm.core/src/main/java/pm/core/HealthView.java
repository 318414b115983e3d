package pm.core;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import pm.api.Health;
import pm.core.health.HealthSubject;
import pm.core.process.Processes;
import pm.spi.BackendSession;

/** A manager as its health check sees it. */
record HealthView(String instanceId, Processes processes, BackendSession session, ShutdownHook hook)
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
        return session.checks();
    }

    @Override
    public Set<Long> ownChildren() {
        Set<Long> pids = new HashSet<>(session.helperPids());
        pids.addAll(processes.leaders());
        return pids;
    }

    @Override
    public List<TreeState> trees() {
        return processes.trees();
    }
}

package pm.core.jmx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import pm.api.BackendReport.Refusal;
import pm.api.Health;
import pm.api.LimitKind;
import pm.api.ManagedProcess;
import pm.api.Metrics.Trend;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessResult;
import pm.api.Setting;

/** Shows a manager as the types that every JMX client knows. Asks the manager anew each time. */
final class ProcessManagerBean implements ProcessManagerControlMXBean {
    private final ProcessManager manager;
    private final JmxSources sources;

    ProcessManagerBean(ProcessManager manager, JmxSources sources) {
        this.manager = manager;
        this.sources = sources;
    }

    @Override
    public String getInstanceId() {
        return manager.instanceId();
    }

    @Override
    public String getApiVersion() {
        return PmApi.installedVersion();
    }

    @Override
    public String getBackend() {
        return manager.backend().name();
    }

    @Override
    public String getBackendReason() {
        return manager.backend().reason();
    }

    @Override
    public String getContainment() {
        return manager.backend().containment();
    }

    @Override
    public List<String> getBackendFacts() {
        return manager.backend().facts();
    }

    @Override
    public Map<String, String> getRefusedBackends() {
        Map<String, String> refused = new TreeMap<>();
        for (Refusal refusal : manager.backend().refused()) {
            refused.merge(refusal.name(), String.join("; ", refusal.reasons()), (a, b) -> a + "; " + b);
        }
        return refused;
    }

    @Override
    public Map<String, String> getCapabilities() {
        Map<String, String> levels = new TreeMap<>();
        for (LimitKind kind : LimitKind.values()) {
            var support = manager.capabilities().of(kind);
            levels.put(kind.label(), support.level() + ": " + support.reason());
        }
        return levels;
    }

    @Override
    public Map<String, String> getSettings() {
        Map<String, String> settings = new TreeMap<>();
        for (Setting setting : Setting.values()) {
            manager.settings()
                    .value(setting)
                    .ifPresent(value -> settings.put(setting.key(), value.text() + " (" + value.origin() + ")"));
        }
        return settings;
    }

    @Override
    public String getHealth() {
        return sources.health().get().status().name();
    }

    @Override
    public Map<String, String> getHealthChecks() {
        Map<String, String> checks = new LinkedHashMap<>();
        for (Health.Check check : sources.health().get().checks()) {
            checks.merge(check.name(), check.status() + ": " + check.detail(), (a, b) -> a + "; " + b);
        }
        return checks;
    }

    @Override
    public List<String> getAlerts() {
        return sources.alerts().get().stream().map(Enum::name).sorted().toList();
    }

    @Override
    public List<ProcessView> getActiveProcesses() {
        return manager.active().stream().map(ProcessView::of).toList();
    }

    @Override
    public int getActive() {
        return manager.metrics().active();
    }

    @Override
    public long getSpawned() {
        return manager.metrics().spawned();
    }

    @Override
    public Map<String, Long> getSpawnFailures() {
        return new TreeMap<>(manager.metrics().spawnFailures());
    }

    @Override
    public Map<String, Long> getExits() {
        return byName(manager.metrics().exits());
    }

    @Override
    public Map<String, Long> getTimeouts() {
        return byName(manager.metrics().timeouts());
    }

    @Override
    public Map<String, Long> getLimitViolations() {
        return byName(manager.metrics().limitViolations());
    }

    @Override
    public long getCleanups() {
        return manager.metrics().cleanups();
    }

    @Override
    public long getCleanupFailures() {
        return manager.metrics().cleanupFailures();
    }

    @Override
    public Map<String, Long> getEscalationSteps() {
        return byName(manager.metrics().escalationSteps());
    }

    @Override
    public Map<String, Long> getErrors() {
        return errors(Trend::total);
    }

    @Override
    public Map<String, Long> getErrorsInLastTenMinutes() {
        return errors(Trend::lastTenMinutes);
    }

    @Override
    public Map<String, Long> getErrorsInLastHour() {
        return errors(Trend::lastHour);
    }

    @Override
    public LatencyView getSpawnLatency() {
        return LatencyView.of(manager.metrics().spawnLatency());
    }

    @Override
    public LatencyView getCleanupLatency() {
        return LatencyView.of(manager.metrics().cleanupLatency());
    }

    @Override
    public long getDroppedEvents() {
        return sources.droppedEvents().getAsLong();
    }

    @Override
    public boolean stop(String processId) {
        return end(processId, ManagedProcess::stop);
    }

    @Override
    public boolean kill(String processId) {
        return end(processId, ManagedProcess::kill);
    }

    /** Whoever wants to know how it ends listens to events: a console does not wait. */
    private boolean end(String processId, Function<ManagedProcess, Future<ProcessResult>> action) {
        return manager.find(processId).map(action).isPresent();
    }

    private Map<String, Long> errors(ToLongFunction<Trend> figure) {
        Map<String, Long> counts = new TreeMap<>();
        manager.metrics().errors().forEach((kind, trend) -> counts.put(kind, figure.applyAsLong(trend)));
        return counts;
    }

    private static Map<String, Long> byName(Map<? extends Enum<?>, Long> counters) {
        Map<String, Long> counts = new TreeMap<>();
        counters.forEach((key, count) -> counts.put(key.name(), count));
        return counts;
    }
}

package pm.core.jmx;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import pm.api.BackendReport;
import pm.api.BackendReport.Refusal;
import pm.api.Capabilities;
import pm.api.Cause;
import pm.api.EffectiveSettings;
import pm.api.EscalationStep;
import pm.api.Health;
import pm.api.LimitKind;
import pm.api.ManagedProcess;
import pm.api.Metrics;
import pm.api.Metrics.Latency;
import pm.api.Metrics.Trend;
import pm.api.ProcessGroup;
import pm.api.ProcessListener;
import pm.api.ProcessManager;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Settings;
import pm.core.events.SampleEvents;
import pm.core.settings.SettingsReader;

/** A manager that shows given figures and starts nothing. */
final class FixedManager implements ProcessManager {
    private final String instanceId;
    private final EffectiveSettings settings;
    final ShownProcess process = new ShownProcess(
            ProcessSpec.of("login", "--token", "hunter2").mask(2).label("nightly"));

    FixedManager(String instanceId, Settings settings) {
        this.instanceId = instanceId;
        this.settings = SettingsReader.read(settings, Map.of(), new Properties(), Map.of())
                .effective();
    }

    @Override
    public String instanceId() {
        return instanceId;
    }

    @Override
    public BackendReport backend() {
        return new BackendReport(
                "linux",
                "highest",
                "cgroup v2",
                List.of("pidfd"),
                List.of(new Refusal("other", List.of("wrong system", "no library"))));
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(new EnumMap<>(LimitKind.class));
    }

    @Override
    public EffectiveSettings settings() {
        return settings;
    }

    @Override
    public Metrics metrics() {
        Latency latency = new Latency(
                4, Duration.ofMillis(10), Duration.ofMillis(5), Duration.ofNanos(2_500_000), Duration.ofMillis(5));
        return new Metrics(
                3,
                7,
                Map.of("SpawnException", 2L),
                Map.of(Cause.EXITED, 4L),
                Map.of(Cause.IDLE, 1L),
                Map.of(LimitKind.MEMORY, 5L),
                4,
                6,
                Map.of(EscalationStep.KILL, 8L),
                Map.of("CleanupFailed", new Trend(30, 10, 20)),
                latency,
                latency);
    }

    @Override
    public Health health() {
        return new Health(
                SampleEvents.TIME, List.of(new Health.Check("guard", Health.Status.WARNING, "is being restarted")));
    }

    @Override
    public List<ManagedProcess> active() {
        return List.of(process.asManagedProcess());
    }

    @Override
    public Optional<ManagedProcess> find(String processId) {
        return active().stream().filter(one -> one.id().equals(processId)).findFirst();
    }

    @Override
    public ManagedProcess spawn(ProcessSpec spec) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ProcessResult run(ProcessSpec spec) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ProcessGroup group(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Registration listen(ProcessListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}

package pm.core;

import java.time.InstantSource;
import java.util.function.Supplier;
import pm.api.EffectiveSettings;
import pm.api.ProcessListener;
import pm.api.ProcessManager.Registration;
import pm.core.events.EventBus;
import pm.core.events.Slf4jEventLog;
import pm.core.metrics.Alerts;
import pm.core.metrics.MetricsRecorder;

/** Events, metrics and alerts of one manager, wired. */
final class Telemetry implements AutoCloseable {
    private final InstantSource clock = new SteadyClock();
    private final MetricsRecorder metrics = new MetricsRecorder(clock);
    private final DebugInterest debug = new DebugInterest();
    private final EventBus events;
    private final Alerts alerts;

    Telemetry(String instanceId, Supplier<EffectiveSettings> settings) {
        events = new EventBus(instanceId, metrics, new Slf4jEventLog());
        alerts = new Alerts(instanceId, settings, events, clock);
        events.follow(alerts);
    }

    EventBus events() {
        return events;
    }

    MetricsRecorder metrics() {
        return metrics;
    }

    Alerts alerts() {
        return alerts;
    }

    DebugInterest debug() {
        return debug;
    }

    Registration listen(ProcessListener listener) {
        return debug.counted(events.listen(listener));
    }

    @Override
    public void close() {
        events.close();
    }
}

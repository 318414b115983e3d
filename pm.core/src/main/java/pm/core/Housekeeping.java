package pm.core;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import pm.api.EffectiveSettings;
import pm.api.Health;
import pm.api.ProcessManager;
import pm.api.ProcessManager.Registration;
import pm.api.Setting;
import pm.core.health.HealthCheck;
import pm.core.health.HealthMonitor;
import pm.core.health.HealthSubject;
import pm.core.health.ManagedChildren;
import pm.core.health.UnmanagedChildren;
import pm.core.jmx.JmxRegistration;
import pm.core.jmx.JmxSources;
import pm.spi.BackendSession;

/** What a manager does every so often, and what it shows of itself: health, leftovers, JMX. */
final class Housekeeping implements AutoCloseable {
    private final HealthMonitor health;
    private final Registration children;
    private final ScheduledFuture<?> cleanup;
    private final JmxRegistration jmx;

    Housekeeping(ProcessManager manager, Parts parts, HealthSubject subject) {
        EffectiveSettings settings = parts.settings();
        Telemetry telemetry = parts.telemetry();
        ScheduledExecutorService timer = parts.threads().housekeeping();
        ManagedChildren managed = ManagedChildren.ofThisJvm();
        children = managed.add(subject::ownChildren);
        HealthCheck check = new HealthCheck(
                subject,
                new UnmanagedChildren(managed, InstantSource.system()),
                telemetry.events(),
                InstantSource.system());
        health = new HealthMonitor(
                parts.instanceId(), check, telemetry.events(), settings.duration(Setting.HEALTH_INTERVAL), timer);
        Duration interval = settings.duration(Setting.CLEANUP_INTERVAL);
        BackendSession session = parts.backend().session();
        Runnable round = parts.threads().guarded(() -> {
            parts.processes().retryFailedCleanups();
            session.removeLeftovers();
        });
        cleanup = timer.scheduleWithFixedDelay(round, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
        jmx = JmxRegistration.of(
                manager,
                new JmxSources(health::latest, telemetry.alerts()::current, telemetry.events()::dropped),
                telemetry.events());
    }

    Health checkNow() {
        return health.checkNow();
    }

    /** No rounds any more, and nothing shown. */
    void stop() {
        jmx.close();
        health.close();
        cleanup.cancel(false);
    }

    /** To be called when the backend's session is closed: until then other managers of this JVM meet its guard. */
    @Override
    public void close() {
        stop();
        children.close();
    }
}

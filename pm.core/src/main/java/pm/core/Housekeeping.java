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

/** What a manager does every so often, and what it shows of itself: health, leftovers, JMX. Safe for use by any thread. */
final class Housekeeping implements AutoCloseable {
    private final ProcessManager manager;
    private final Parts parts;
    private final HealthSubject subject;
    private final HealthMonitor health;
    private Registration children = () -> {};
    private ScheduledFuture<?> cleanup;
    private JmxRegistration jmx;
    private boolean stopped;

    Housekeeping(ProcessManager manager, Parts parts, HealthSubject subject) {
        this.manager = manager;
        this.parts = parts;
        this.subject = subject;
        Telemetry telemetry = parts.telemetry();
        InstantSource clock = new SteadyClock();
        HealthCheck check = new HealthCheck(
                subject, new UnmanagedChildren(ManagedChildren.ofThisJvm(), clock), telemetry.events(), clock);
        health = new HealthMonitor(
                parts.instanceId(), check, telemetry.events(), parts.threads().housekeeping());
    }

    /** Begins. */
    void start() {
        synchronized (this) {
            children = ManagedChildren.ofThisJvm().add(subject::ownChildren);
        }
        follow(parts.settings().get());
    }

    /** Keeps to these intervals from now on, and shows what these settings allow. */
    synchronized void follow(EffectiveSettings settings) {
        if (stopped) {
            return;
        }
        takeBack();
        health.every(settings.duration(Setting.HEALTH_INTERVAL));
        Duration interval = settings.duration(Setting.CLEANUP_INTERVAL);
        ScheduledExecutorService timer = parts.threads().housekeeping();
        Runnable round = parts.threads().guarded(this::cleanUp);
        cleanup = timer.scheduleWithFixedDelay(round, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
        Telemetry telemetry = parts.telemetry();
        jmx = JmxRegistration.of(
                manager,
                new JmxSources(health::latest, telemetry.alerts()::current, telemetry.events()::dropped),
                telemetry.events());
    }

    private void cleanUp() {
        parts.processes().retryFailedCleanups();
        parts.processes().closeUnusedBackends();
        parts.backends().sessions().forEach(BackendSession::removeLeftovers);
    }

    private void takeBack() {
        health.close();
        if (jmx != null) {
            jmx.close();
        }
        if (cleanup != null) {
            cleanup.cancel(false);
        }
    }

    Health checkNow() {
        return health.checkNow();
    }

    /** No rounds any more, and nothing shown. */
    synchronized void stop() {
        takeBack();
        stopped = true;
    }

    /** To be called when the backends' sessions are closed: until then other managers of this JVM meet their guards. */
    @Override
    public synchronized void close() {
        stop();
        children.close();
    }
}

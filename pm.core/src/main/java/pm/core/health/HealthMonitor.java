package pm.core.health;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import pm.api.ErrorContext;
import pm.api.Health;
import pm.api.ProcessEvent;
import pm.core.events.EventSink;

/** Checks the health every so often and when asked, and publishes each outcome. Safe for use by any thread. */
public final class HealthMonitor implements AutoCloseable {
    private final ErrorContext context;
    private final HealthCheck check;
    private final EventSink out;
    private final ScheduledExecutorService timer;
    private ScheduledFuture<?> repeated;
    private volatile Health latest;

    /**
     * Checks nothing by itself before {@link #every}.
     *
     * @param instanceId the manager's id
     * @param check what to do
     * @param out gets each outcome
     * @param timer runs the checks
     */
    public HealthMonitor(String instanceId, HealthCheck check, EventSink out, ScheduledExecutorService timer) {
        this.context = ErrorContext.ofManager(instanceId);
        this.check = check;
        this.out = out;
        this.timer = timer;
    }

    /**
     * Checks every so often from now on; the first check is one interval away.
     *
     * @param interval from the end of one check to the beginning of the next
     */
    public synchronized void every(Duration interval) {
        close();
        repeated = timer.scheduleWithFixedDelay(
                this::checkNow, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Checks now and publishes the outcome. */
    public Health checkNow() {
        Health health = check.check();
        latest = health;
        out.publish(new ProcessEvent.HealthChecked(context, health.time(), health));
        return health;
    }

    /** The latest outcome; checks when there is none yet. */
    public Health latest() {
        Health known = latest;
        return known == null ? checkNow() : known;
    }

    /** Checks no more by itself. */
    @Override
    public synchronized void close() {
        if (repeated != null) {
            repeated.cancel(false);
        }
    }
}

package pm.core.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import pm.api.AlertKind;
import pm.api.EffectiveSettings;
import pm.api.Health;
import pm.api.ProcessEvent;
import pm.api.Setting;
import pm.core.events.EventSink;
import pm.core.health.HealthCheck;

/**
 * Raises each alert once per episode and tells its end. Fed by events, by the registry's count and by the session; every health check also
 * looks whether an alert about a rate is over. Safe for use by any thread; its lock is held while publishing, which never waits.
 */
public final class Alerts implements EventSink {
    /** Stands for failures that are about no process: such a failure is over when none came for a whole window. */
    private static final String MANAGER = "";

    private final Supplier<EffectiveSettings> settings;
    private final InstantSource clock;
    private final RateAlert timeouts;
    private final RateAlert cleanupFailures;
    private final RateAlert managerFailures;
    private final Set<String> failedCleanups = new HashSet<>();
    private final Episodes episodes;

    /**
     * Nothing raised.
     *
     * @param instanceId the manager's id
     * @param settings thresholds and window, as they are at the moment
     * @param out gets the alerts
     * @param clock measures windows and how long an alert lasts; not the times in events, since the system's clock may be set
     */
    public Alerts(String instanceId, Supplier<EffectiveSettings> settings, EventSink out, InstantSource clock) {
        Supplier<Duration> window = () -> settings.get().duration(Setting.ALERT_WINDOW);
        this.settings = settings;
        this.clock = clock;
        this.timeouts = new RateAlert(() -> settings.get().count(Setting.ALERT_TIMEOUTS), window);
        this.cleanupFailures = new RateAlert(() -> settings.get().count(Setting.ALERT_CLEANUP_FAILURES), window);
        this.managerFailures = new RateAlert(() -> 1, window);
        this.episodes = new Episodes(instanceId, out);
    }

    @Override
    public synchronized void publish(ProcessEvent event) {
        if (event instanceof ProcessEvent.TimedOut) {
            timeouts.add(now());
            lookAtRates();
        } else if (event instanceof ProcessEvent.CleanupFailed) {
            cleanupFailed(event);
        } else if (event instanceof ProcessEvent.CleanedUp) {
            if (failedCleanups.remove(event.context().processId())) {
                lookAtRates();
            }
        } else if (event instanceof ProcessEvent.ZombieFound it) {
            episodes.set(AlertKind.ZOMBIE, true, now(), it.zombie().toString());
        } else if (event instanceof ProcessEvent.OrphansFound it) {
            episodes.set(AlertKind.ORPHANS, true, now(), it.where() + ": " + it.orphans());
        } else if (event instanceof ProcessEvent.HealthChecked it) {
            zombiesChecked(it.health());
            orphansChecked(it.health());
            lookAtRates();
        }
    }

    /**
     * Called after the number of active processes changed.
     *
     * @param active read again under the lock, so that of two changes at once the later one counts
     */
    public synchronized void activeChanged(IntSupplier active) {
        int count = active.getAsInt();
        int mostActive = settings.get().count(Setting.ALERT_ACTIVE);
        episodes.set(AlertKind.MANY_ACTIVE, count > mostActive, now(), count + " are active, more than " + mostActive);
    }

    /** Called when the crash guard died. */
    public synchronized void guardLost(String reason) {
        episodes.set(AlertKind.GUARD_LOST, true, now(), reason);
    }

    /** Called when a guard is ready again. */
    public synchronized void guardRestored() {
        episodes.set(AlertKind.GUARD_LOST, false, now(), "");
    }

    /** Alerts that have begun and not ended. */
    public synchronized Set<AlertKind> current() {
        return episodes.current();
    }

    private void cleanupFailed(ProcessEvent event) {
        String process = event.context().processId();
        if (process.equals(MANAGER)) {
            managerFailures.add(now());
        } else {
            failedCleanups.add(process);
        }
        cleanupFailures.add(now());
        lookAtRates();
    }

    private void zombiesChecked(Health health) {
        health.checks().stream()
                .filter(check -> check.name().equals(HealthCheck.ZOMBIES))
                .max((a, b) -> a.status().compareTo(b.status()))
                .ifPresent(check ->
                        episodes.set(AlertKind.ZOMBIE, check.status() != Health.Status.OK, now(), check.detail()));
    }

    /** Only ends it: right after its leader's end every tree may have orphans, and {@link ProcessEvent.OrphansFound} says which matter. */
    private void orphansChecked(Health health) {
        boolean none = health.checks().stream()
                .anyMatch(check -> check.name().equals(HealthCheck.ORPHANS) && check.status() == Health.Status.OK);
        if (none) {
            episodes.set(AlertKind.ORPHANS, false, now(), "");
        }
    }

    private void lookAtRates() {
        Instant now = now();
        episodes.set(AlertKind.MANY_TIMEOUTS, timeouts.isHigh(now), now, timeouts.detail());
        boolean managerFailed = managerFailures.isHigh(now);
        episodes.set(
                AlertKind.CLEANUP_FAILED,
                managerFailed || !failedCleanups.isEmpty(),
                now,
                failedCleanups.isEmpty() ? "of the manager's own" : "of " + String.join(", ", failedCleanups));
        episodes.set(AlertKind.CLEANUP_FAILING_REPEATEDLY, cleanupFailures.isHigh(now), now, cleanupFailures.detail());
    }

    private Instant now() {
        return clock.instant();
    }
}

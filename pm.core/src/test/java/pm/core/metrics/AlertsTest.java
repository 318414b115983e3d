package pm.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import pm.api.AlertKind;
import pm.api.Cause;
import pm.api.EffectiveSettings;
import pm.api.ErrorContext;
import pm.api.Health.Check;
import pm.api.Health.Status;
import pm.api.ProcessEvent;
import pm.api.ProcessEvent.AlertEnded;
import pm.api.ProcessEvent.AlertStarted;
import pm.api.Setting;
import pm.api.Settings;
import pm.core.events.RecordingSink;
import pm.core.events.SampleEvents;
import pm.core.events.SettableClock;
import pm.core.settings.SettingsReader;

class AlertsTest {
    private static final EffectiveSettings SETTINGS = SettingsReader.read(
                    Settings.none().with(Setting.ALERT_TIMEOUTS, 3), Map.of(), new Properties(), Map.of())
            .effective();

    private final SettableClock clock = new SettableClock();
    private final RecordingSink out = new RecordingSink();
    private final Alerts alerts = new Alerts("test", () -> SETTINGS, out, clock);

    private void assertStarted(AlertKind... kinds) {
        assertThat(out.of(AlertStarted.class)).extracting(AlertStarted::alert).containsExactly(kinds);
    }

    private void assertEnded(AlertKind... kinds) {
        assertThat(out.of(AlertEnded.class)).extracting(AlertEnded::alert).containsExactly(kinds);
    }

    private void healthChecked() {
        alerts.publish(SampleEvents.healthChecked());
    }

    @Test
    void moreThanFiftyActiveIsOneEpisodeWithAnEnd() {
        alerts.activeChanged(() -> 50);
        assertStarted();

        alerts.activeChanged(() -> 51);
        alerts.activeChanged(() -> 70);
        assertStarted(AlertKind.MANY_ACTIVE);
        assertThat(alerts.current()).containsExactly(AlertKind.MANY_ACTIVE);
        assertEnded();

        clock.forward(Duration.ofSeconds(9));
        alerts.activeChanged(() -> 50);
        alerts.activeChanged(() -> 3);
        assertThat(out.of(AlertEnded.class)).singleElement().satisfies(end -> {
            assertThat(end.alert()).isEqualTo(AlertKind.MANY_ACTIVE);
            assertThat(end.lasted()).isEqualTo(Duration.ofSeconds(9));
        });
        assertThat(alerts.current()).isEmpty();

        alerts.activeChanged(() -> 51);
        assertStarted(AlertKind.MANY_ACTIVE, AlertKind.MANY_ACTIVE);
    }

    /** The system's clock is set forward and back between the timeouts. */
    @Test
    void ratesAreNotMeasuredByTheTimesOfEvents() {
        alerts.publish(SampleEvents.timedOut(clock.instant()));
        alerts.publish(SampleEvents.timedOut(clock.instant().plus(Duration.ofDays(1))));
        alerts.publish(SampleEvents.timedOut(clock.instant().minus(Duration.ofDays(1))));
        assertStarted(AlertKind.MANY_TIMEOUTS);

        clock.forward(SETTINGS.duration(Setting.ALERT_WINDOW).plusSeconds(1));
        healthChecked();
        assertEnded(AlertKind.MANY_TIMEOUTS);
    }

    @Test
    void failedCleanupEndsWhenEveryOneIsMadeGood() {
        alerts.publish(SampleEvents.cleanupFailed("p1", clock.instant()));
        alerts.publish(SampleEvents.cleanupFailed("p2", clock.instant()));
        assertStarted(AlertKind.CLEANUP_FAILED);

        alerts.publish(SampleEvents.cleanedUp("p1", Cause.STOPPED, Duration.ZERO));
        alerts.publish(SampleEvents.cleanedUp("p3", Cause.STOPPED, Duration.ZERO));
        clock.forward(Duration.ofDays(1));
        healthChecked();
        assertEnded();

        alerts.publish(SampleEvents.cleanedUp("p2", Cause.STOPPED, Duration.ZERO));
        assertEnded(AlertKind.CLEANUP_FAILED);
    }

    @Test
    void failedCleanupOfTheManagersOwnEndsAfterAWindowWithoutAnother() {
        alerts.publish(SampleEvents.managerCleanupFailed(clock.instant()));
        clock.forward(Duration.ofMinutes(9));
        alerts.publish(SampleEvents.managerCleanupFailed(clock.instant()));
        clock.forward(Duration.ofMinutes(9));
        healthChecked();
        assertStarted(AlertKind.CLEANUP_FAILED);
        assertEnded();

        clock.forward(Duration.ofMinutes(2));
        healthChecked();
        assertEnded(AlertKind.CLEANUP_FAILED);
    }

    @Test
    void threeFailedCleanupsInTenMinutesAreSystemic() {
        alerts.publish(SampleEvents.cleanupFailed("p1", clock.instant()));
        alerts.publish(SampleEvents.cleanupFailed("p1", clock.forward(Duration.ofMinutes(6))));
        alerts.publish(SampleEvents.cleanupFailed("p1", clock.forward(Duration.ofMinutes(6))));
        assertStarted(AlertKind.CLEANUP_FAILED);

        alerts.publish(SampleEvents.cleanupFailed("p1", clock.forward(Duration.ofMinutes(3))));
        assertStarted(AlertKind.CLEANUP_FAILED, AlertKind.CLEANUP_FAILING_REPEATEDLY);

        clock.forward(Duration.ofMinutes(2));
        healthChecked();
        assertEnded(AlertKind.CLEANUP_FAILING_REPEATEDLY);
    }

    @Test
    void manyTimeoutsAreOneEpisodeThatEndsWithItsWindow() {
        for (int i = 0; i < 5; i++) {
            alerts.publish(SampleEvents.timedOut(clock.forward(Duration.ofMinutes(1))));
        }
        assertStarted(AlertKind.MANY_TIMEOUTS);

        clock.forward(Duration.ofMinutes(8));
        healthChecked();
        assertEnded();
        clock.forward(Duration.ofMinutes(1));
        healthChecked();
        assertEnded(AlertKind.MANY_TIMEOUTS);
    }

    @Test
    void timeoutsThatAreFarApartAreNoAlert() {
        for (int i = 0; i < 20; i++) {
            alerts.publish(SampleEvents.timedOut(clock.forward(Duration.ofMinutes(6))));
        }

        assertStarted();
    }

    @Test
    void zombieLastsUntilAHealthCheckFindsNone() {
        alerts.publish(new ProcessEvent.ZombieFound(
                ErrorContext.ofManager("test"), SampleEvents.TIME, SampleEvents.node(5, "Z")));
        alerts.publish(SampleEvents.healthChecked(new Check("zombies", Status.WARNING, "5 Z")));
        assertStarted(AlertKind.ZOMBIE);
        assertEnded();

        alerts.publish(SampleEvents.healthChecked(
                new Check("zombies", Status.OK, "none"), new Check("zombies", Status.WARNING, "the backend saw one")));
        assertEnded();

        alerts.publish(SampleEvents.healthChecked(new Check("zombies", Status.OK, "none")));
        assertEnded(AlertKind.ZOMBIE);
    }

    @Test
    void orphansLastUntilAHealthCheckFindsNone() {
        healthChecked();
        assertStarted();

        alerts.publish(SampleEvents.orphansFound("p1"));
        alerts.publish(SampleEvents.orphansFound("p2"));
        alerts.publish(SampleEvents.healthChecked(new Check("orphans", Status.WARNING, "5 S")));
        alerts.publish(SampleEvents.healthChecked(new Check("trees", Status.CRITICAL, "could not be checked")));
        assertStarted(AlertKind.ORPHANS);
        assertThat(out.of(AlertStarted.class).get(0).detail()).startsWith("outlived the leader: ");
        assertEnded();

        alerts.publish(SampleEvents.healthChecked(new Check("orphans", Status.OK, "none")));
        alerts.publish(SampleEvents.healthChecked(new Check("orphans", Status.OK, "none")));
        assertEnded(AlertKind.ORPHANS);
    }

    @Test
    void onlyFoundOrphansAreAnAlert() {
        alerts.publish(SampleEvents.healthChecked(new Check("orphans", Status.WARNING, "a leader has just ended")));
        assertStarted();
    }

    @Test
    void lostGuardLastsUntilItIsRestored() {
        alerts.guardLost("killed");
        alerts.guardLost("killed again");
        assertThat(out.of(AlertStarted.class))
                .singleElement()
                .extracting(AlertStarted::detail)
                .isEqualTo("killed");

        alerts.guardRestored();
        alerts.guardRestored();
        assertEnded(AlertKind.GUARD_LOST);
    }
}

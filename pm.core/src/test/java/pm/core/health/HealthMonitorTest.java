package pm.core.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import pm.api.Health;
import pm.api.ProcessEvent.HealthChecked;
import pm.api.ProcessEvent.Severity;
import pm.core.events.RecordingSink;

class HealthMonitorTest {
    private final FixedSubject subject = new FixedSubject();
    private final RecordingSink out = new RecordingSink();
    private final ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(1, Executors.defaultThreadFactory());
    private final HealthCheck check = new HealthCheck(
            subject, new UnmanagedChildren(new ManagedChildren(), InstantSource.system()), out, InstantSource.system());

    @AfterEach
    void end() {
        timer.shutdownNow();
    }

    private HealthMonitor monitor(Duration interval) {
        HealthMonitor monitor = new HealthMonitor("test", check, out, timer);
        monitor.every(interval);
        return monitor;
    }

    @Test
    void checksAgainAndAgainUntilClosed() {
        subject.backendFailure = new IllegalStateException("a failing check does not end the monitor");
        HealthMonitor monitor = monitor(Duration.ofMillis(10));

        await().until(() -> out.of(HealthChecked.class).size() >= 3);
        monitor.close();

        assertThat(out.of(HealthChecked.class)).allSatisfy(event -> {
            assertThat(event.severity()).isEqualTo(Severity.WARNING);
            assertThat(event.context().instanceId()).isEqualTo("test");
        });
        timer.shutdown();
        await().until(timer::isTerminated);
    }

    @Test
    void checksWhenAsked() {
        HealthMonitor monitor = monitor(Duration.ofDays(1));
        assertThat(out.events()).isEmpty();

        Health first = monitor.latest();
        assertThat(monitor.latest()).isSameAs(first);
        Health second = monitor.checkNow();

        assertThat(monitor.latest()).isSameAs(second);
        assertThat(out.of(HealthChecked.class))
                .extracting(HealthChecked::health)
                .containsExactly(first, second);
        monitor.close();
    }
}

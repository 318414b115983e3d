package pm.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import pm.api.AlertKind;
import pm.api.Cause;
import pm.api.EscalationStep;
import pm.api.Health;
import pm.api.ManagedProcess;
import pm.api.ProcessEvent;
import pm.api.ProcessManager;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.testing.SpawnsBehindPm;

/** Events, metrics, alerts, health and JMX, as a listener and a monitor see them. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {OpenManager.CGROUP, OpenManager.SUPERVISION})
class ObservationIT extends OpenManager {
    private final List<ProcessEvent> events = new CopyOnWriteArrayList<>();

    ObservationIT(String containment) {
        super(containment);
    }

    private <T extends ProcessEvent> List<T> seen(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Test
    void theLifeOfAStubbornTreeInEvents() throws Exception {
        manager.listen(events::add);
        ProcessSpec spec = ProcessSpec.of("sh", "-c", "trap '' TERM; while :; do sleep 0.1; done", "secret")
                .mask(3)
                .label("job 7")
                .env("PASSWORD", "hunter2")
                .timeout(Duration.ofMillis(400));
        manager.run(spec);
        Awaitility.await().until(() -> !seen(ProcessEvent.CleanedUp.class).isEmpty());

        assertThat(seen(ProcessEvent.Spawned.class)).hasSize(1);
        assertThat(seen(ProcessEvent.TimedOut.class)).singleElement().satisfies(event -> assertThat(event.cause())
                .isEqualTo(Cause.TIMED_OUT));
        assertThat(seen(ProcessEvent.Escalated.class).stream().map(ProcessEvent.Escalated::step))
                .containsExactly(EscalationStep.TERMINATE, EscalationStep.KILL);
        // The last of them is told by whoever has killed, maybe after the cleanup.
        Awaitility.await().untilAsserted(() -> assertThat(
                        seen(ProcessEvent.TreeSeen.class).stream().map(ProcessEvent.TreeSeen::moment))
                .contains("before spawn", "after spawn", "before kill", "after kill"));
        assertThat(seen(ProcessEvent.Exited.class)).hasSize(1);
        ProcessEvent.CleanedUp cleaned = seen(ProcessEvent.CleanedUp.class).get(0);
        assertThat(cleaned.receipt().proven()).isTrue();
        assertThat(cleaned.context().label()).contains("job 7");
        assertThat(cleaned.context().instanceId()).isEqualTo(manager.instanceId());
        assertThat(events.toString()).doesNotContain("hunter2").doesNotContain("secret");
    }

    @Test
    void metricsCountWhatHappened() throws Exception {
        manager.run(ProcessSpec.of("true"));
        manager.run(ProcessSpec.of("sleep", "1000").timeout(Duration.ofMillis(200)));
        assertThat(manager.metrics().spawned()).isEqualTo(2);
        assertThat(manager.metrics().exits()).containsEntry(Cause.EXITED, 1L).containsEntry(Cause.TIMED_OUT, 1L);
        assertThat(manager.metrics().timeouts()).containsEntry(Cause.TIMED_OUT, 1L);
        assertThat(manager.metrics().cleanups()).isEqualTo(2);
        assertThat(manager.metrics().cleanupFailures()).isZero();
        assertThat(manager.metrics().active()).isZero();
        assertThat(manager.metrics().spawnLatency().count()).isEqualTo(2);
        assertThat(manager.metrics().spawnLatency().max()).isPositive();
    }

    @Test
    void theAlertAboutManyActiveBeginsOnceAndEnds() throws Exception {
        try (ProcessManager watched = open(settings().with(Setting.ALERT_ACTIVE, 2))) {
            watched.listen(events::add);
            try (ManagedProcess a = watched.spawn(ProcessSpec.of("sleep", "1000"));
                    ManagedProcess b = watched.spawn(ProcessSpec.of("sleep", "1000"));
                    ManagedProcess c = watched.spawn(ProcessSpec.of("sleep", "1000"));
                    ManagedProcess d = watched.spawn(ProcessSpec.of("sleep", "1000"))) {
                assertThat(List.of(a, b, c, d)).allMatch(ManagedProcess::isAlive);
            }
            Awaitility.await().until(() -> !seen(ProcessEvent.AlertEnded.class).isEmpty());
        }
        assertThat(seen(ProcessEvent.AlertStarted.class)).singleElement().satisfies(alert -> assertThat(alert.alert())
                .isEqualTo(AlertKind.MANY_ACTIVE));
        assertThat(seen(ProcessEvent.AlertEnded.class)).hasSize(1);
    }

    @Test
    void orphansOfALeaderThatLeftAreTold() throws Exception {
        manager.listen(events::add);
        manager.run(ProcessSpec.of("sh", "-c", "setsid sleep 1000 & exit 0"));
        Awaitility.await().until(() -> !seen(ProcessEvent.OrphansFound.class).isEmpty());
        assertThat(seen(ProcessEvent.OrphansFound.class).get(0).orphans())
                .anyMatch(node -> node.command().contains("sleep"));
    }

    @Test
    @SpawnsBehindPm("this is the unmanaged child that pm is to notice")
    void healthNamesAChildThatWasStartedBehindPmsBack() throws Exception {
        manager.listen(events::add);
        assertThat(manager.health().status()).isEqualTo(Health.Status.OK);
        Process stranger = new ProcessBuilder("sleep", "1000").start();
        try (ManagedProcess ours = manager.spawn(ProcessSpec.of("sleep", "1000"))) {
            // A child of less than a second may be one that pm is just starting.
            Awaitility.await().until(() -> unmanaged().contains(Long.toString(stranger.pid())));
            assertThat(unmanaged()).doesNotContain(Long.toString(ours.pid()));
            Awaitility.await().until(() -> seen(ProcessEvent.UnmanagedChildFound.class).stream()
                    .anyMatch(event -> event.pid() == stranger.pid()));
        } finally {
            stranger.destroyForcibly().waitFor();
        }
        assertThat(manager.health().status()).isEqualTo(Health.Status.OK);
    }

    private String unmanaged() {
        return manager.health().checks().stream()
                .filter(check -> check.name().equals("unmanaged children"))
                .map(Health.Check::detail)
                .findAny()
                .orElseThrow();
    }

    @Test
    void theHealthIsCheckedByTheClock() {
        try (ProcessManager watched = open(settings().with(Setting.HEALTH_INTERVAL, Duration.ofMillis(100)))) {
            watched.listen(events::add);
            Awaitility.await()
                    .until(() -> seen(ProcessEvent.HealthChecked.class).size() >= 2);
        }
        assertThat(seen(ProcessEvent.HealthChecked.class).get(0).health().checks().stream()
                        .map(Health.Check::name))
                .contains("shutdown hook");
        assertThat(seen(ProcessEvent.HealthChecked.class).get(0).severity()).isEqualTo(ProcessEvent.Severity.INFO);
    }

    @Test
    void jmxShowsTheSameFiguresAndGoesWithTheManager() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("pm:type=ProcessManager,instance=" + manager.instanceId());
        manager.run(ProcessSpec.of("true"));
        assertThat(server.isRegistered(name)).isTrue();
        assertThat(server.getMBeanInfo(name).getAttributes()).isNotEmpty();
        assertThat(server.getAttribute(name, "Spawned")).isEqualTo(1L);
        manager.close();
        assertThat(server.isRegistered(name)).isFalse();
    }

    @Test
    void aListenerMaySpawnAndCloseAndFail() throws Exception {
        List<String> nested = new CopyOnWriteArrayList<>();
        manager.listen(event -> {
            if (event instanceof ProcessEvent.Spawned && nested.isEmpty()) {
                nested.add("spawned");
                try (ManagedProcess inner = manager.spawn(ProcessSpec.of("sleep", "1000"))) {
                    nested.add(inner.id());
                }
                nested.add("closed");
                throw new IllegalStateException("a listener that fails");
            }
        });
        manager.listen(events::add);
        try (ManagedProcess outer = manager.spawn(ProcessSpec.of("sleep", "1000"))) {
            Awaitility.await().until(() -> nested.contains("closed"));
            outer.stop().get(60, TimeUnit.SECONDS);
        }
        Awaitility.await().until(() -> seen(ProcessEvent.CleanedUp.class).size() == 2);
    }
}

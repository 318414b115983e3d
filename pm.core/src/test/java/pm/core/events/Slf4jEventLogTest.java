package pm.core.events;

import static org.assertj.core.api.Assertions.assertThat;
import static pm.core.events.SampleEvents.TIME;
import static pm.core.events.SampleEvents.node;
import static pm.core.events.SampleEvents.process;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import pm.api.AlertKind;
import pm.api.BackendReport;
import pm.api.Cause;
import pm.api.ErrorContext;
import pm.api.EscalationStep;
import pm.api.ExitStatus;
import pm.api.Health;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.api.ProcessEvent;
import pm.api.ProcessTree;
import pm.api.Settings;
import pm.api.Signal;
import pm.core.settings.SettingsReader;

class Slf4jEventLogTest {
    private static final Set<String> COMMON =
            Set.of("event", "instance", "process", "command", "pid", "start", "label", "jvm", "time", "severity");

    private final RecordingLogger logger = new RecordingLogger(Level.DEBUG);

    private LoggingEvent log(ProcessEvent event) {
        new Slf4jEventLog(logger).onEvent(event);
        return logger.events.get(logger.events.size() - 1);
    }

    private static Map<String, Object> fields(LoggingEvent line) {
        Map<String, Object> fields = new HashMap<>();
        for (KeyValuePair pair : line.getKeyValuePairs()) {
            assertThat(fields.put(pair.key, pair.value))
                    .as("second " + pair.key)
                    .isNull();
        }
        return fields;
    }

    @Test
    void eventCarriesWhomItIsAbout() {
        LoggingEvent line = log(new ProcessEvent.Exited(
                process("p1"), TIME, new ExitStatus.Signalled(9, false), Duration.ofMillis(1500)));

        assertThat(line.getLevel()).isEqualTo(Level.INFO);
        assertThat(fields(line))
                .containsEntry("event", "Exited")
                .containsEntry("instance", "test")
                .containsEntry("process", "p1")
                .containsEntry("pid", 4711L)
                .containsEntry("command", "make --token ***")
                .containsEntry("label", "nightly")
                .containsEntry("jvm", ProcessHandle.current().pid())
                .containsEntry("time", TIME.toString())
                .containsEntry("start", TIME.toString())
                .containsEntry("exit", "signal 9")
                .containsEntry("duration_ms", 1500L);
    }

    @Test
    void endTellsCauseExitAndProof() {
        assertThat(fields(log(SampleEvents.cleanedUp("p1", Cause.TIMED_OUT, Duration.ofMillis(7)))))
                .containsEntry("cause", "TIMED_OUT")
                .containsEntry("exit", "exit code 0")
                .containsEntry("latency_ms", 7L)
                .containsEntry("ended", 0)
                .containsEntry("proven", true);
    }

    @Test
    void endTellsWhatTheTreeHasUsed() {
        assertThat(fields(log(SampleEvents.cleanedUp("p1", Cause.EXITED, Duration.ZERO))))
                .containsEntry("cpu_user_ms", 11L)
                .containsEntry("cpu_system_ms", 12L)
                .containsEntry("peak_memory_bytes", 14L)
                .containsEntry("read_bytes", 15L)
                .containsEntry("written_bytes", 16L)
                .containsEntry("peak_processes", 18)
                .containsEntry("throttled_share", 0.5)
                .containsEntry("pressure_cpu_ms", 21L)
                .containsEntry("pressure_memory_ms", 22L)
                .containsEntry("pressure_io_ms", 23L);
    }

    @Test
    void aLimitThatWasMetIsToldWithItsVictim() {
        LoggingEvent line = log(SampleEvents.limitViolated(LimitKind.MEMORY, 3, true));

        assertThat(line.getLevel()).isEqualTo(Level.WARN);
        assertThat(line.getMessage()).isEqualTo("The tree met its limit of memory again");
        assertThat(fields(line))
                .containsEntry("limit", "memory")
                .containsEntry("times", 3L)
                .containsEntry("again", true)
                .containsEntry("victim", 5L)
                .containsEntry("victim_command", "hog");
        assertThat(log(SampleEvents.limitViolated(LimitKind.CPUS, 3, false)).getLevel())
                .as("to wait for a CPU is the limit at work")
                .isEqualTo(Level.INFO);
    }

    @Test
    void failedCleanupIsAnErrorOfCriticalSeverityWithEverySurvivor() {
        LoggingEvent line = log(SampleEvents.cleanupFailed("p1", TIME));

        assertThat(line.getLevel()).isEqualTo(Level.ERROR);
        assertThat(fields(line)).containsEntry("severity", "CRITICAL");
        assertThat(fields(line).get("survivors")).asString().contains("99 D");
    }

    @Test
    void everyOutcomeOfAHealthCheckIsLoggedAtTheDefaultLevel() {
        assertThat(log(SampleEvents.healthChecked(new Health.Check("guard", Health.Status.OK, "pid 5")))
                        .getLevel())
                .isEqualTo(Level.INFO);
        assertThat(log(SampleEvents.healthChecked(new Health.Check("guard", Health.Status.CRITICAL, "dead")))
                        .getLevel())
                .isEqualTo(Level.WARN);
    }

    @Test
    void treesAreLoggedAtDebugOnly() {
        ProcessEvent tree = new ProcessEvent.TreeSeen(
                process("p1"), TIME, "before kill", new ProcessTree(TIME, List.of(node(5, "S"))));
        RecordingLogger informed = new RecordingLogger(Level.INFO);

        new Slf4jEventLog(informed).onEvent(tree);

        assertThat(informed.events).isEmpty();
        assertThat(log(tree).getLevel()).isEqualTo(Level.DEBUG);
        assertThat(fields(log(tree)).get("tree")).asString().contains("sleep 1000");
    }

    @Test
    void openedManagerTellsBackendAndEverySettingWithItsOrigin() {
        var settings = SettingsReader.read(Settings.none(), Map.of("PM_MAX_PROCESSES", "7"), new Properties(), Map.of())
                .effective();
        var report = new BackendReport(
                "linux",
                "highest",
                "cgroup",
                List.of(),
                List.of(new BackendReport.Refusal("other", List.of("wrong system"))));

        assertThat(fields(log(new ProcessEvent.ManagerOpened(ErrorContext.ofManager("test"), TIME, report, settings))))
                .containsEntry("backend", "linux")
                .containsEntry("refused.other", "[wrong system]")
                .containsEntry("pm.max.processes", "7 (ENVIRONMENT)")
                .containsEntry("pm.kill.wait", "2s (DEFAULT)")
                .doesNotContainKey("process");
    }

    static List<ProcessEvent> oneOfEachKind() {
        var process = process("p1");
        var manager = ErrorContext.ofManager("test");
        var second = Duration.ofSeconds(1);
        var settings = SettingsReader.read(Settings.none(), Map.of(), new Properties(), Map.of())
                .effective();
        return List.of(
                SampleEvents.spawned(),
                new ProcessEvent.SpawnFailed(process, TIME, "CommandNotFoundException", "no such file"),
                new ProcessEvent.Signalled(process, TIME, Signal.HUP),
                new ProcessEvent.SuspendChanged(process, TIME, true),
                new ProcessEvent.Escalated(
                        process, TIME, EscalationStep.LAST_RESORT, Cause.STOPPED, second, Optional.of("no handle")),
                SampleEvents.timedOut(TIME),
                SampleEvents.limitViolated(LimitKind.MEMORY, 1, false),
                new ProcessEvent.LimitsChanged(process, TIME, Limits.none().cpus(0.5)),
                new ProcessEvent.Exited(process, TIME, new ExitStatus.Exited(0), second),
                SampleEvents.cleanedUp("p1", Cause.EXITED, second),
                SampleEvents.cleanupFailed("p1", TIME),
                new ProcessEvent.OrphansFound(process, TIME, "folder", List.of(node(5, "S"))),
                new ProcessEvent.ZombieFound(process, TIME, node(5, "Z")),
                new ProcessEvent.UnmanagedChildFound(manager, TIME, 5, "/bin/sleep"),
                new ProcessEvent.TreeSeen(process, TIME, "after spawn", new ProcessTree(TIME, List.of())),
                new ProcessEvent.AlertStarted(manager, TIME, AlertKind.ZOMBIE, "5"),
                new ProcessEvent.AlertEnded(manager, TIME, AlertKind.ZOMBIE, second),
                SampleEvents.warned("careful"),
                SampleEvents.healthChecked(new Health.Check("guard", Health.Status.OK, "alive")),
                new ProcessEvent.ManagerOpened(
                        manager, TIME, new BackendReport("b", "r", "c", List.of(), List.of()), settings),
                new ProcessEvent.BackendChanged(manager, TIME, new BackendReport("b", "r", "c", List.of(), List.of())),
                new ProcessEvent.SettingsChanged(manager, TIME, settings),
                new ProcessEvent.ManagerClosed(manager, TIME, 3, 0, second));
    }

    @ParameterizedTest
    @MethodSource("oneOfEachKind")
    void everyKindHasATextAndItsOwnFields(ProcessEvent event) {
        LoggingEvent line = log(event);

        assertThat(line.getMessage()).isNotBlank().isNotEqualTo(event.getClass().getSimpleName());
        assertThat(fields(line)).containsEntry("event", event.getClass().getSimpleName());
        assertThat(fields(line).keySet())
                .as("fields beside those that every event has")
                .anyMatch(name -> !COMMON.contains(name));
    }

    @Test
    void samplesAreOfEveryKind() {
        assertThat(oneOfEachKind())
                .extracting(ProcessEvent::getClass)
                .map(Class.class::cast)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ProcessEvent.class.getPermittedSubclasses())
                        .map(Class.class::cast)
                        .toList());
    }
}

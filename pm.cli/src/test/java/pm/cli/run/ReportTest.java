package pm.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import pm.api.BackendReport;
import pm.api.Cause;
import pm.api.EffectiveSettings;
import pm.api.ExitStatus;
import pm.api.Limits;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.cli.json.JsonText;
import pm.testing.ReadJson;

class ReportTest {
    private static final ProcessSpec SPEC = ProcessSpec.of("sh", "-c", "true");

    @Test
    void hasTheFieldsThatScriptsRelyOn() throws Exception {
        Map<String, Object> report = report(SPEC, Results.exited(3));

        assertThat(report)
                .containsEntry("command", List.of("sh", "-c", "true"))
                .containsEntry("pid", 42L)
                .containsEntry("instanceId", "i1")
                .containsEntry("cause", "EXITED")
                .containsEntry("exitCode", 3L)
                .containsEntry("signal", null)
                .containsEntry("startTime", "2026-01-02T03:04:05Z")
                .containsEntry("durationMillis", 1234L)
                .containsEntry("backend", "linux")
                .containsEntry("containment", "cgroup /x")
                .containsEntry("cleanup", Map.of("ended", List.of(), "proven", true, "survivors", List.of()));
        assertThat(report.get("usage"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("cpuMillis", 42L)
                .containsEntry("peakMemoryBytes", 4096L)
                .containsEntry("readBytes", null)
                .containsEntry("peakProcesses", 2L)
                .containsEntry("throttledShare", 0.25)
                .containsEntry("pressure", Map.of("cpuMillis", 5L, "memoryMillis", 0L, "ioMillis", 0L));
    }

    @Test
    void violationsAreShownWithTheirVictims() throws Exception {
        assertThat(report(SPEC, Results.outOfMemory()))
                .containsEntry("cause", "OUT_OF_MEMORY")
                .containsEntry(
                        "violations",
                        List.of(Map.of(
                                "kind",
                                "MEMORY",
                                "times",
                                1L,
                                "detail",
                                "killed",
                                "victim",
                                Map.of("pid", 44L, "command", "python3 hog"))));
    }

    @Test
    void limitsThatWereLeftOutAreNamed() throws Exception {
        ProcessSpec spec = SPEC.limits(Limits.none().cpus(1.5).processes(7).bestEffort(true));

        assertThat(report(spec, Results.exited(0))).containsEntry("refusedLimits", List.of("cpus", "processes"));
        assertThat(report(SPEC, Results.exited(0))).containsEntry("refusedLimits", List.of());
    }

    @Test
    void aSignalIsNoExitCode() throws Exception {
        assertThat(report(SPEC, Results.ended(Cause.TIMED_OUT, new ExitStatus.Signalled(9, false))))
                .containsEntry("exitCode", null)
                .containsEntry("signal", 9L)
                .containsEntry(
                        "cleanup",
                        Map.of(
                                "ended",
                                List.of(Map.of("pid", 43L, "command", "sleep 100", "step", "TERMINATE")),
                                "proven",
                                true,
                                "survivors",
                                List.of()));
    }

    @Test
    void limitsSayWhatHeld() throws Exception {
        assertThat(limits(SPEC)).containsEntry("timeoutMillis", 300_000L).containsEntry("memoryBytes", null);
        assertThat(limits(SPEC.noTimeout())).containsEntry("timeoutMillis", null);
        assertThat(limits(SPEC.timeout(Duration.ofSeconds(2))
                        .limits(Limits.none().cpus(1.5).processes(7))))
                .containsEntry("timeoutMillis", 2000L)
                .containsEntry("cpus", 1.5)
                .containsEntry("processes", 7L)
                .containsEntry("bestEffort", false);
    }

    @Test
    void survivorsAreNamed() throws Exception {
        Map<?, ?> cleanup =
                (Map<?, ?>) report(SPEC, Results.unproven(Cause.EXITED)).get("cleanup");

        assertThat(cleanup.get("proven")).isEqualTo(false);
        assertThat(cleanup.get("survivors")).asString().contains("77", "stuck");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> limits(ProcessSpec spec) throws Exception {
        return (Map<String, Object>) report(spec, Results.exited(0)).get("limits");
    }

    private static Map<String, Object> report(ProcessSpec spec, ProcessResult result) throws Exception {
        EffectiveSettings settings = new EffectiveSettings(Map.of(
                Setting.DEFAULT_TIMEOUT,
                new EffectiveSettings.Value(Duration.ofMinutes(5), "300s", EffectiveSettings.Origin.DEFAULT)));
        BackendReport backend = new BackendReport("linux", "it is here", "cgroup /x", List.of(), List.of());
        return ReadJson.object(JsonText.page(new Report(spec, backend, settings).of(result)));
    }
}

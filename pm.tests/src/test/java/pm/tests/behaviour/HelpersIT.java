package pm.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.Settings;
import pm.api.Stdio;

/** What the user of a manager finds among the children of the JVM: nothing that Java has started, and a guard that is named. */
@EnabledOnOs(OS.LINUX)
class HelpersIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void aManagerStartsNothingByJavaAlsoNoLdconfig() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessResult result;
        try (ProcessManager pm = ProcessManagers.open(PmApi.VERSION)) {
            result = pm.run(ProcessSpec.of(
                            java,
                            "-cp",
                            System.getProperty("java.class.path"),
                            StartedProcessesMain.class.getName(),
                            folder.resolve("recording.jfr").toString())
                    .timeout(LONG.multipliedBy(2))
                    .stdout(Stdio.capture(64, Stdio.KIB))
                    .stderr(Stdio.capture(64, Stdio.KIB)));
        }
        assertThat(result.stdout().orElseThrow().text())
                .as(result.stderr().orElseThrow().text())
                .isEqualToIgnoringNewLines("[true]");
    }

    @Test
    void theGuardIsNamed() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root: to make control groups");
        try (ProcessManager manager = ProcessManagers.open(
                PmApi.VERSION,
                Settings.none().with(Setting.CONTAINMENT, "cgroup").with(Setting.GUARD_WAIT, LONG))) {
            String guard = manager.health().checks().stream()
                    .filter(check -> check.name().equals("guard"))
                    .findAny()
                    .orElseThrow()
                    .detail();
            long pid = Long.parseLong(guard.substring("pid ".length()));
            List<Long> children =
                    ProcessHandle.current().children().map(ProcessHandle::pid).toList();
            assertThat(children).contains(pid);
            assertThat(Files.readString(Path.of("/proc/" + pid + "/cmdline"))).startsWith("pm-guard\0");
        }
    }
}

package pm.backend.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import pm.testing.SpawnsBehindPm;

/** Pids that are used again, in a JVM in a PID namespace of its own. The launcher's side is in {@code launcher/check}. */
@EnabledIf("pm.backend.linux.TestSession#cgroupsAreOurs")
class PidReuseTest {
    @Test
    @SpawnsBehindPm("the JVM must be in a PID namespace")
    void aStrangerThatHasThePidOfAProcessOfOursIsNeverTouched(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("log");
        int exit = new ProcessBuilder(List.of(
                        "unshare",
                        "--pid",
                        "--fork",
                        "--kill-child",
                        "--mount-proc",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-Dpm.test.own.pids=true",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SuiteMain.class.getName(),
                        "pm.backend.linux.supervision.ReusedPidCases",
                        "pm.backend.linux.cgroup.ReusedMemberCases"))
                .redirectErrorStream(true)
                .redirectOutput(new File(log.toString()))
                .start()
                .waitFor();
        assertThat(exit).as(Files.readString(log)).isZero();
        // Four cases and their containers: two classes and the engine.
        assertThat(Files.readString(log)).contains("7 succeeded, 0 failed");
    }
}

package pm.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import pm.api.Cause;
import pm.api.Descendants;
import pm.api.ExitStatus;
import pm.api.ManagedProcess;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Signal;
import pm.api.Stdio;

/** The shared manager of a real JVM that ends: its own hook ends all trees, and the outer manager finds nothing left to end. */
class ShutdownTest extends Managed {
    @ParameterizedTest
    @CsvSource({"main,0", "exit,3", "callback,3"})
    void theHookEndsEverythingWhenTheJvmEndsByItself(String way, int code) throws Exception {
        ProcessResult result = endOf(way, process -> {});
        assertThat(result.exit()).isEqualTo(new ExitStatus.Exited(code));
    }

    @ParameterizedTest
    @EnumSource(names = {"TERM", "INT", "HUP"})
    void theHookEndsEverythingWhenTheJvmIsTold(Signal signal) throws Exception {
        ProcessResult result = endOf("wait", process -> process.signal(signal));
        assertThat(result.exit().shellCode()).isGreaterThan(128);
    }

    @Test
    void killedJvmsLeaveNothing() throws Exception {
        ProcessResult result = endOf("wait", process -> process.signal(Signal.KILL));
        assertThat(result.exit()).isEqualTo(new ExitStatus.Signalled(9, false));
    }

    private interface Ending {
        void of(ManagedProcess process);
    }

    private ProcessResult endOf(String way, Ending ending) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessSpec jvm = ProcessSpec.of(List.of(
                        java,
                        "-Dpm.kill.wait=1900ms",
                        // slf4j-simple writes to standard error.
                        "-Dorg.slf4j.simpleLogger.log.pm.events=info",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ShutdownMain.class.getName(),
                        way))
                .env("PM_MAX_PROCESSES", "99")
                .descendants(Descendants.WAIT)
                .timeout(Duration.ofMinutes(2))
                .stdout(Stdio.pipe())
                .stderr(Stdio.capture(1, Stdio.MIB));
        try (ManagedProcess process = pm.spawn(jvm)) {
            BufferedReader reader = process.asProcess().inputReader();
            assertThat(reader.readLine()).contains("shutdown hook");
            assertThat(reader.readLine()).isEqualTo("ready");
            ending.of(process);
            ProcessResult result = process.await();
            assertThat(result.cause())
                    .as(
                            "nothing is left for the outer manager to end: %s",
                            result.stderr().orElseThrow().text())
                    .isEqualTo(Cause.EXITED);
            assertThat(result.cleanup().ended()).isEmpty();
            assertThat(result.cleanup().proven()).isTrue();
            String log = result.stderr().orElseThrow().text();
            assertThat(line(log, "event=ManagerOpened"))
                    .contains("backend=linux")
                    .contains("pm.max.processes=99 (ENVIRONMENT)")
                    .contains("pm.kill.wait=1900ms (SYSTEM_PROPERTY)")
                    .contains("pm.last.resort.wait=2s (DEFAULT)");
            if (!result.exit().equals(new ExitStatus.Signalled(9, false))) {
                assertThat(reader.lines()).contains("refused");
                assertThat(line(log, "event=CleanedUp")).contains("cause=SHUTDOWN");
                assertThat(line(log, "event=ManagerClosed")).contains("failed=0");
            }
            return result;
        }
    }

    /** The first line of a log that has this text. */
    private static String line(String log, String text) {
        return log.lines().filter(line -> line.contains(text)).findFirst().orElse("no " + text + " in " + log);
    }
}

package pm.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pm.api.Cause;
import pm.api.Descendants;
import pm.api.ExitStatus;
import pm.api.ManagedProcess;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Signal;
import pm.api.Stdio;

/** A real JVM gets SIGTERM while work runs that another shutdown hook waits for, as the graceful shutdown of frameworks does. */
class GuestTest extends Managed {
    @ParameterizedTest
    @ValueSource(strings = {"own", "shared"})
    void workInFlightEndsByItselfWhenTheCallerClosesTheManager(String manager) throws Exception {
        List<String> said = told("caller", manager, "close");
        assertThat(said)
                .anyMatch(line -> line.startsWith("before: ") && line.contains("OK") && line.contains("caller"));
        assertThat(said)
                .anyMatch(
                        line -> line.startsWith("meanwhile: ") && line.contains("WARNING") && line.contains("nobody"));
        assertThat(said)
                .anyMatch(line ->
                        line.startsWith("refused: Could not start 'true'") && line.contains("PM_SHUTDOWN=caller"));
        assertThat(said).contains("work: 7 EXITED", "closed");
    }

    @Test
    void whatNobodyClosesIsEndedByTheGuard() throws Exception {
        assertThat(told("caller", "own", "forget")).contains("work: 7 EXITED");
    }

    @Test
    void theHookEndsWorkInFlight() throws Exception {
        List<String> said = told("hook", "own", "close");
        assertThat(said).anyMatch(line -> line.startsWith("before: ") && line.contains("registered"));
        assertThat(said)
                .anyMatch(line -> line.startsWith("refused: Could not start 'true'")
                        && line.contains("the JVM shuts down")
                        && line.contains("PM_SHUTDOWN=caller"));
        assertThat(said).anyMatch(line -> line.startsWith("work: ") && line.endsWith(" SHUTDOWN"));
    }

    /** What the JVM has printed; when it has ended nothing is left of it for the outer manager to end. */
    private List<String> told(String shutdown, String manager, String end) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessSpec jvm = ProcessSpec.of(
                        java,
                        "-Dpm.shutdown=" + shutdown,
                        "-cp",
                        System.getProperty("java.class.path"),
                        GuestMain.class.getName(),
                        manager,
                        end)
                .descendants(Descendants.WAIT)
                .timeout(LONG.multipliedBy(3))
                .stdout(Stdio.pipe())
                .stderr(Stdio.capture(64, Stdio.KIB));
        try (ManagedProcess process = pm.spawn(jvm)) {
            BufferedReader reader = process.asProcess().inputReader();
            String before = reader.readLine();
            assertThat(reader.readLine()).isEqualTo("ready");
            assertThat(process.signal(Signal.TERM)).isTrue();
            List<String> said = new ArrayList<>(reader.lines().toList());
            said.add(before);
            ProcessResult result = process.await();
            String trouble = result.stderr().orElseThrow().text();
            assertThat(result.cause()).as("%s %s", said, trouble).isEqualTo(Cause.EXITED);
            assertThat(result.exit()).as("%s %s", said, trouble).isEqualTo(new ExitStatus.Exited(143));
            assertThat(result.cleanup().ended()).isEmpty();
            assertThat(trouble).doesNotContain("Exception");
            return said;
        }
    }
}

package pm.tests.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pm.api.ExitStatus;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Stdio;

/** {@code pm.tests/ci/phase}: a phase of the test run that hangs, or leaves processes behind, ends and says so. */
class PhaseTest {
    private static final Path PHASE = Path.of(System.getProperty("pm.root"), "pm.tests/ci/phase");
    private static final int LIMIT_REACHED = 124;
    private static final int LEFT_BEHIND = 123;

    @TempDir
    private Path folder;

    private ProcessResult phase(String minutes, String script) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", PHASE.toString(), minutes, "a phase"));
        command.addAll(List.of(folder.resolve("log").toString(), "sh", "-c", script));
        try (ProcessManager pm = ProcessManagers.open(PmApi.VERSION)) {
            return pm.run(ProcessSpec.of(command)
                    .timeout(Duration.ofMinutes(2))
                    .stdout(Stdio.capture(1, Stdio.MIB))
                    .stderr(Stdio.merge()));
        }
    }

    private static String output(ProcessResult result) {
        return result.stdout().orElseThrow().text();
    }

    /** Returns whether a process runs. A zombie that pid 1 has not reaped yet (state Z, proc(5)) does not. */
    private static boolean lives(String pid) {
        try {
            String stat = Files.readString(Path.of("/proc", pid, "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void theOutputAndTheStatusAreTheCommands() throws Exception {
        ProcessResult result = phase("1", "echo out; echo err >&2; exit 7");

        assertThat(result.exit()).isEqualTo(new ExitStatus.Exited(7));
        assertThat(output(result)).contains("out\n").contains("err\n");
        assertThat(folder.resolve("log")).content().contains("out\n").contains("err\n");
    }

    @Test
    void whatHangsIsDescribedAndEnded() throws Exception {
        ProcessResult result = phase("0.02", "sleep 4711 | cat & setsid env -i sleep 4712 & wait");

        assertThat(result.exit()).isEqualTo(new ExitStatus.Exited(LIMIT_REACHED));
        assertThat(output(result))
                .contains("Could not finish 'a phase' within 0.02 minutes")
                .containsPattern("\\d+ \\(parent \\d+, state S, in .*\\): sleep 4711")
                .containsPattern(
                        "pipe:\\[\\d+]: .*written by \\d+ as 1.*read by \\d+ as 0|pipe:\\[\\d+]: .*read by \\d+ as 0.*written by");
        Matcher pids = Pattern.compile("(?m)^(\\d+) \\(parent").matcher(output(result));
        assertThat(pids.results().map(found -> found.group(1)).toList())
                .hasSizeGreaterThanOrEqualTo(4)
                .noneMatch(PhaseTest::lives);
    }

    @Test
    void whatIsLeftBehindIsNamedAndEndedAndFailsThePhase() throws Exception {
        ProcessResult result = phase("1", "(setsid sleep 4713 &); echo done");

        assertThat(result.exit()).isEqualTo(new ExitStatus.Exited(LEFT_BEHIND));
        Matcher left =
                Pattern.compile("LEFT BEHIND by 'a phase': (\\d+): sleep 4713").matcher(output(result));
        assertThat(left.find()).as(output(result)).isTrue();
        assertThat(left.group(1)).satisfies(pid -> assertThat(lives(pid)).isFalse());
    }
}

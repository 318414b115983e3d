package pm.tests.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pm.api.Capabilities.Level;
import pm.api.LimitKind;
import pm.testing.ReadJson;
import pm.tests.cli.PmProcess;
import pm.tests.hostile.Marks;

/** The command line in this mode. */
class CommandIT {
    /** They leave the machine's one processor to pm when it wants that. */
    private static final String SPINNING_FOUR =
            "for i in 1 2 3 4; do nice -n 19 sh -c 'while :; do :; done' & done; wait";

    private final Mode mode = Mode.current();

    @TempDir
    Path folder;

    private Path report;

    @BeforeEach
    void nameReport() {
        report = folder.resolve("report");
    }

    private PmProcess.Output run(String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of("run", "--report", report.toString()));
        all.addAll(Arrays.asList(words));
        return PmProcess.run(all.toArray(String[]::new));
    }

    private Map<String, Object> report() throws Exception {
        return ReadJson.object(Files.readString(report));
    }

    @Test
    void exitStatusOfTheCommand() throws Exception {
        assertThat(run("--", "sh", "-c", "exit 5").status()).isEqualTo(5);
        assertThat(run("--", "/nonexistent").status()).isEqualTo(127);
    }

    @Test
    void theReadmesExample() throws Exception {
        String mark = Marks.fresh();
        String script = "trap '' TERM; setsid sh -c 'trap \"\" TERM; sleep @; sleep 1' & sleep @".replace("@", mark);
        PmProcess.Output output = run("--timeout", "1s", "--grace", "500ms", "--", "sh", "-c", script);
        assertThat(output.status()).as(output.err()).isEqualTo(124);
        assertThat(output.err()).contains("nothing left");
        assertThat(Marks.alive(mark)).isEmpty();
    }

    @Test
    void cpuTimeOfTheTree() throws Exception {
        PmProcess.Output output = run("--cpu-time", "1s", "--timeout", "60s", "--", "sh", "-c", SPINNING_FOUR);
        assertThat(output.status()).as(output.err()).isEqualTo(124);
        assertThat(cpuMillis()).as("together, not each, which would be 4 s").isBetween(950.0, 3000.0);
    }

    @Test
    void memory() throws Exception {
        if (mode.level(LimitKind.MEMORY) != Level.ENFORCED) {
            assertRefused(LimitKind.MEMORY, "--memory", "64M");
            return;
        }
        PmProcess.Output output = run("--memory", "64M", "--", "python3", "-c", "x=bytearray(500_000_000)");
        assertThat(output.status()).as(output.err()).isEqualTo(137);
        assertThat(report()).containsEntry("cause", "OUT_OF_MEMORY");
        assertThat(report().get("violations")).asString().contains("memory").contains("python3");
    }

    @Test
    void processes() throws Exception {
        if (mode.level(LimitKind.PROCESSES) != Level.ENFORCED) {
            assertRefused(LimitKind.PROCESSES, "--max-processes", "20");
            return;
        }
        // sh gives up at the first fork that is refused; perl tells.
        String bomb =
                "my $n = 1; for (1..60) { my $p = fork; last if !defined $p; if (!$p) { sleep 60; exit } $n++ } print $n";
        PmProcess.Output output = run("--max-processes", "20", "--", "perl", "-e", bomb);
        assertThat(output.status()).as(output.err()).isZero();
        assertThat(output.outText()).isEqualTo("20");
        assertThat(report().get("violations")).asString().contains("PROCESSES");
    }

    @Test
    void cpus() throws Exception {
        if (mode.level(LimitKind.CPUS) != Level.ENFORCED) {
            assertRefused(LimitKind.CPUS, "--cpus", "0.5");
            return;
        }
        PmProcess.Output output = run(
                "--cpus",
                "0.5",
                "--timeout",
                "5s",
                "--grace",
                "100ms",
                "--",
                "sh",
                "-c",
                "while :; do :; done & while :; do :; done");
        assertThat(output.status()).as(output.err()).isEqualTo(124);
        assertThat(cpuMillis() / ((Number) report().get("durationMillis")).doubleValue())
                .isBetween(0.05, 0.55);
    }

    private double cpuMillis() throws Exception {
        return ((Number) ((Map<?, ?>) report().get("usage")).get("cpuMillis")).doubleValue();
    }

    /** With the reason, status 125 and nothing started; with best effort it runs, and the report tells what was not held. */
    private void assertRefused(LimitKind kind, String option, String amount) throws Exception {
        Path witness = folder.resolve("started");
        PmProcess.Output refused = run(option, amount, "--", "touch", witness.toString());
        assertThat(refused.status()).isEqualTo(125);
        assertThat(refused.err()).contains(kind.label());
        assertThat(witness).doesNotExist();
        PmProcess.Output accepted = run("--best-effort", option, amount, "--", "touch", witness.toString());
        assertThat(accepted.status()).as(accepted.err()).isZero();
        assertThat(report().get("warnings")).asString().contains(kind.label());
        assertThat(witness).exists();
    }
}

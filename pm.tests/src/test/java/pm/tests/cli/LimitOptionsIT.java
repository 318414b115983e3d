package pm.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pm.testing.ReadJson;

/** Limits from the command line: held, or refused with 125 and the reason. Which of the two, {@code pm doctor} says. */
class LimitOptionsIT {
    /** Forks 60 times and tells how often that worked. */
    private static final String FORKS = """
            import os, signal
            forked = 0
            for i in range(60):
                try:
                    if os.fork() == 0:
                        signal.pause()
                    forked += 1
                except OSError:
                    pass
            print(forked)
            """;

    private static Map<?, ?> limits;

    @TempDir
    Path folder;

    @BeforeAll
    static void ask() throws Exception {
        limits = (Map<?, ?>)
                ReadJson.object(PmProcess.run("doctor", "--json").outText()).get("limits");
    }

    private static boolean isHeld(String label) {
        return "ENFORCED".equals(((Map<?, ?>) limits.get(label)).get("level"));
    }

    private static String reason(String label) {
        return (String) ((Map<?, ?>) limits.get(label)).get("reason");
    }

    private void assertRefused(String label, String... options) throws Exception {
        Path witness = folder.resolve("witness");
        List<String> words = new ArrayList<>(List.of("run"));
        words.addAll(List.of(options));
        words.addAll(List.of("--", "touch", witness.toString()));
        PmProcess.Output output = PmProcess.run(words.toArray(String[]::new));

        assertThat(output.status()).isEqualTo(125);
        assertThat(output.err())
                .startsWith("pm: Could not enforce every limit: ")
                .contains(label, reason(label));
        assertThat(witness).doesNotExist();

        words.add(1, "--best-effort");
        PmProcess.Output accepted = PmProcess.run(words.toArray(String[]::new));
        assertThat(accepted.status()).isZero();
        assertThat(accepted.err()).startsWith("pm: " + label + " is ").contains(reason(label));
        assertThat(witness).exists();
    }

    @Test
    void memory() throws Exception {
        if (!isHeld("memory")) {
            assertRefused("memory", "--memory", "64M");
            return;
        }
        Path file = folder.resolve("report.json");
        PmProcess.Output output = PmProcess.run(
                "run",
                "--memory",
                "64M",
                "--report",
                file.toString(),
                "--",
                "python3",
                "-c",
                "x=bytearray(500_000_000)");
        Map<String, Object> report = ReadJson.object(Files.readString(file));

        assertThat(output.status()).isEqualTo(137);
        assertThat(output.err())
                .startsWith("pm: out of memory")
                .contains("python3")
                .containsOnlyOnce("\n");
        assertThat(report).containsEntry("cause", "OUT_OF_MEMORY").containsEntry("signal", 9L);
        assertThat(report.get("violations")).asString().contains("kind=MEMORY", "victim={pid=", "python3");
        assertThat(report.get("limits")).asString().contains("memoryBytes=67108864");
    }

    @Test
    void processes() throws Exception {
        if (!isHeld("processes")) {
            assertRefused("processes", "--max-processes", "20");
            return;
        }
        Path file = folder.resolve("report.json");
        PmProcess.Output output = PmProcess.run(
                "run", "--max-processes", "20", "--report", file.toString(), "--", "python3", "-c", FORKS);

        assertThat(output.status()).isZero();
        assertThat(output.outText()).isEqualTo("19\n");
        assertThat(ReadJson.object(Files.readString(file)).get("violations"))
                .asString()
                .contains("kind=PROCESSES");
    }

    @Test
    void whatEachProcessIsBornWith() throws Exception {
        if (!isHeld("open-files")) {
            assertRefused("open-files", "--open-files", "64");
            return;
        }
        assertThat(PmProcess.run("run", "--open-files", "64", "--nice", "7", "--", "sh", "-c", "ulimit -n; nice")
                        .outText())
                .isEqualTo("64\n7\n");
    }

    @Test
    void memoryOfEachProcess() throws Exception {
        if (!isHeld("process-memory")) {
            assertRefused("process-memory", "--process-memory", "300M");
            return;
        }
        PmProcess.Output output =
                PmProcess.run("run", "--process-memory", "300M", "--", "python3", "-c", "x=bytearray(500_000_000)");
        assertThat(output.status()).isEqualTo(1);
        assertThat(output.err()).contains("MemoryError");
    }

    @Test
    void affinity() throws Exception {
        assertRefused("affinity", "--affinity", "0");
        PmProcess.Output output = PmProcess.run(
                "run", "--affinity", "0", "--best-effort", "--", "grep", "Cpus_allowed_list", "/proc/self/status");
        assertThat(output.outText()).isEqualTo("Cpus_allowed_list:\t0\n");
        PmProcess.Output notThere = PmProcess.run("run", "--affinity", "61-62", "--best-effort", "--", "true");
        assertThat(notThere.status()).isEqualTo(125);
        assertThat(notThere.err()).contains("cannot limit affinity to CPUs {61, 62}");
    }

    @Test
    void whatBestEffortLeavesOutIsInTheReport() throws Exception {
        Path file = folder.resolve("report.json");
        PmProcess.Output output =
                PmProcess.run("run", "--cpu-weight", "50", "--best-effort", "--report", file.toString(), "--", "true");
        Map<String, Object> report = ReadJson.object(Files.readString(file));

        assertThat(output.status()).isZero();
        assertThat(report.get("limits")).asString().contains("cpuWeight=50", "bestEffort=true");
        if (isHeld("cpu-weight")) {
            assertThat(report).containsEntry("refusedLimits", List.of()).containsEntry("warnings", List.of());
        } else {
            assertThat(report).containsEntry("refusedLimits", List.of("cpu-weight"));
            assertThat(report.get("warnings")).asString().contains(reason("cpu-weight"));
        }
    }
}

package pm.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalsIT {
    /** A JVM that was born ignoring a signal goes on ignoring it, and the tests would wait for nothing. */
    @BeforeAll
    static void noSignalIsIgnored() throws Exception {
        // proc(5): a bit for each signal, that of SIGHUP the lowest.
        long ignored = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(line.substring(line.indexOf('\t') + 1), 16))
                .findFirst()
                .orElseThrow();
        for (int signal : new int[] {1, 2, 15}) {
            assertThat((ignored >> (signal - 1)) & 1)
                    .as("signal %d is ignored, as in the background of a script: run ./test, which undoes that", signal)
                    .isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    void aSignalToPmEndsTheTreeAndIsReported(String signal, int status, @TempDir Path folder) throws Exception {
        Marked marked = new Marked();
        Path report = folder.resolve("report.json");
        try (PmProcess pm = PmProcess.start("run", "--report", report.toString(), "--", "sh", "-c", tree(marked))) {
            marked.awaitAlive(3);
            pm.signal(signal);

            assertThat(pm.end().status()).isEqualTo(status);
        }
        assertThat(marked.alive()).isEmpty();
        assertThat(Files.readString(report)).contains("\"cause\" : \"SHUTDOWN\"", "\"proven\" : true");
    }

    @Test
    void theSignalGoesBeforeWhatTheCommandMakesOfIt() throws Exception {
        Marked marked = new Marked();
        try (PmProcess pm = PmProcess.start(
                "run", "--", "sh", "-c", "trap 'exit 125' TERM; while :; do sleep 0.1; done; : " + marked.word())) {
            marked.awaitAlive(1);
            pm.signal("TERM");

            assertThat(pm.end().status()).isEqualTo(143);
        }
    }

    @Test
    void graceHoldsAtShutdownToo() throws Exception {
        Marked marked = new Marked();
        try (PmProcess pm = PmProcess.start(
                "run",
                "--grace",
                "200ms",
                "--",
                "sh",
                "-c",
                "trap '' TERM; echo ready; sleep 1000; : " + marked.word())) {
            marked.awaitAlive(1);
            long start = System.nanoTime();
            pm.signal("TERM");

            assertThat(pm.end().status()).isEqualTo(143);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
        }
        assertThat(marked.alive()).isEmpty();
    }

    @Test
    void sigkillOfPmLeavesNothing() throws Exception {
        Marked marked = new Marked();
        try (PmProcess pm = PmProcess.start("run", "--", "sh", "-c", tree(marked))) {
            marked.awaitAlive(3);
            pm.signal("KILL");
            marked.awaitGone(Duration.ofSeconds(2));
        }
    }

    /** A child in another session and one whose parent is gone. */
    private static String tree(Marked marked) {
        return "setsid sh -c 'sleep 1000; : MARK' & (sh -c 'sleep 1000; : MARK' &) ; sleep 1000; : MARK"
                .replace("MARK", marked.word());
    }
}

package pm.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExitStatusIT {
    @ParameterizedTest
    @ValueSource(ints = {0, 7, 124, 125, 255})
    void theCommandsOwnAndNotAWordOfPms(int code) throws Exception {
        PmProcess.Output output = PmProcess.run("run", "--", "sh", "-c", "exit " + code);

        assertThat(output.status()).isEqualTo(code);
        assertThat(output.outText()).isEmpty();
        assertThat(output.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 15})
    void deathBySignal(int signal) throws Exception {
        assertThat(PmProcess.run("run", "--", "sh", "-c", "kill -" + signal + " $$")
                        .status())
                .isEqualTo(128 + signal);
    }

    @Test
    void notFound() throws Exception {
        assertFailure(127, "/nonexistent/prog", "run", "--", "/nonexistent/prog");
        assertFailure(127, "no-such-program-anywhere", "run", "--", "no-such-program-anywhere");
    }

    @Test
    void notExecutable(@TempDir Path folder) throws Exception {
        assertFailure(126, "/etc/passwd", "run", "--", "/etc/passwd");
        assertFailure(126, folder.toString(), "run", "--", folder.toString());
    }

    @Test
    void misuse() throws Exception {
        assertFailure(125, "banana", "run", "--timeout", "banana", "--", "true");
        assertFailure(125, "did you mean", "rnu");
    }

    @Test
    void settingsOfTheEnvironmentHoldAndFaultsAreTold() throws Exception {
        try (PmProcess pm = PmProcess.start(Map.of("PM_DEFAULT_TIMEOUT", "300ms"), "run", "--", "sleep", "100")) {
            assertThat(pm.end().status()).isEqualTo(124);
        }
        try (PmProcess pm = PmProcess.start(Map.of("PM_DEFAULT_TIMEOUT", "soon"), "run", "--", "true")) {
            PmProcess.Output output = pm.end();
            assertThat(output.status()).isEqualTo(125);
            assertThat(output.err()).contains("PM_DEFAULT_TIMEOUT", "soon");
        }
    }

    @Test
    void anUnknownBackendIsPmsFailure() throws Exception {
        assertFailure(125, "nosuch", "run", "--backend", "nosuch", "--", "true");
    }

    @Test
    void timeout() throws Exception {
        Marked marked = new Marked();
        assertFailure(
                124, "timed out", "run", "--timeout", "500ms", "--", "sh", "-c", "sleep 1000; : " + marked.word());
        assertThat(marked.alive()).isEmpty();
    }

    @Test
    void silenceForTooLong() throws Exception {
        PmProcess.Output output =
                PmProcess.run("run", "--idle-timeout", "500ms", "--", "sh", "-c", "echo a; echo b >&2; sleep 100");

        assertThat(output.status()).isEqualTo(124);
        assertThat(output.outText()).isEqualTo("a\n");
        assertThat(output.err()).startsWith("b\n").contains("silent for too long");
    }

    @Test
    void whoeverKeepsTalkingIsNotSilent() throws Exception {
        PmProcess.Output output = PmProcess.run(
                "run", "--idle-timeout", "1s", "--", "sh", "-c", "for i in 1 2 3 4 5 6; do sleep 0.3; echo $i; done");

        assertThat(output.status()).isZero();
        assertThat(output.outText()).isEqualTo("1\n2\n3\n4\n5\n6\n");
    }

    @Test
    void cpuTimeOfTheWholeTree() throws Exception {
        assertThat(PmProcess.run(
                                "run",
                                "--cpu-time",
                                "500ms",
                                "--timeout",
                                "30s",
                                "--",
                                "sh",
                                "-c",
                                "(while :; do :; done) & while :; do :; done")
                        .status())
                .isEqualTo(124);
    }

    @Test
    void stubbornDetachedTree() throws Exception {
        Marked marked = new Marked();
        long start = System.nanoTime();
        PmProcess.Output output = PmProcess.run(
                "run",
                "--timeout",
                "1s",
                "--grace",
                "1s",
                "--kill-wait",
                "1s",
                "--",
                "sh",
                "-c",
                "trap '' TERM; setsid sh -c \"trap '' TERM; sleep 1000; : " + marked.word() + "\" & sleep 1000; : "
                        + marked.word());

        assertThat(marked.alive()).isEmpty();
        assertThat(output.status()).isEqualTo(124);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void descendantsAreEndedOrWaitedFor(@TempDir Path folder) throws Exception {
        Path ended = folder.resolve("ended");
        Path waitedFor = folder.resolve("waited-for");
        String command = "(sleep 1 && echo done > $0) & exit 3";

        assertThat(PmProcess.run("run", "--", "sh", "-c", command, ended.toString())
                        .status())
                .isEqualTo(3);
        assertThat(PmProcess.run("run", "--descendants", "wait", "--", "sh", "-c", command, waitedFor.toString())
                        .status())
                .isEqualTo(3);
        assertThat(Files.readString(waitedFor)).isEqualTo("done\n");
        assertThat(ended)
                .as("of whoever began before and would have written first")
                .doesNotExist();
    }

    private static void assertFailure(int status, String message, String... words) throws Exception {
        PmProcess.Output output = PmProcess.run(words);
        assertThat(output.status()).isEqualTo(status);
        assertThat(output.err()).startsWith("pm: ").contains(message).containsOnlyOnce("\n");
        assertThat(output.outText()).isEmpty();
    }
}

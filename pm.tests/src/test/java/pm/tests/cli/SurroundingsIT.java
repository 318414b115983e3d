package pm.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurroundingsIT {
    @ParameterizedTest
    @ValueSource(strings = {"--best-effort", "--idle-timeout=20s"})
    void bytesPassUnchanged(String option) throws Exception {
        byte[] bytes = new byte[3_000_000];
        new Random(2).nextBytes(bytes);
        try (PmProcess pm = PmProcess.start("run", option, "--", "cat")) {
            PmProcess.Output output = pm.give(bytes).end();

            assertThat(output.status()).isZero();
            assertThat(output.out()).isEqualTo(bytes);
            assertThat(output.err()).isEmpty();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theFirstProcessOfAContainerReapsWhatItsTreeLeaves() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root: to make a PID namespace");
        String script = "for i in 1 2 3 4 5; do (true &); done;"
                + " while grep -qs '^State:.Z' /proc/[0-9]*/status; do sleep 0.1; done; echo reaped";
        try (PmProcess pm = PmProcess.startBy(
                List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc"),
                "run",
                "--timeout",
                "50s",
                "--",
                "sh",
                "-c",
                script)) {
            PmProcess.Output output = pm.end();
            assertThat(output.outText()).as(output.err()).isEqualTo("reaped\n");
            assertThat(output.status()).isZero();
        }
    }

    @Test
    void folder(@TempDir Path folder) throws Exception {
        assertThat(PmProcess.run("run", "--cwd", folder.toString(), "--", "pwd").outText())
                .isEqualTo(folder.toRealPath() + "\n");
    }

    @Test
    void aMissingFolderIsPmsFailure(@TempDir Path folder) throws Exception {
        PmProcess.Output output = PmProcess.run("run", "--cwd", folder + "/missing", "--", "true");

        assertThat(output.status()).isEqualTo(125);
        assertThat(output.err()).startsWith("pm: ").contains("missing");
    }

    @Test
    void environmentIsHandedOnAndAddedTo() throws Exception {
        try (PmProcess pm =
                PmProcess.start(Map.of("FROM_OUTSIDE", "here"), "run", "--env", "ADDED=a=b c", "--", "env")) {
            assertThat(pm.end().outText().lines())
                    .contains("FROM_OUTSIDE=here", "ADDED=a=b c")
                    .anyMatch(line -> line.startsWith("PM_INSTANCE_ID="))
                    .anyMatch(line -> line.startsWith("PM_PROCESS_ID="));
        }
    }

    @Test
    void environmentCanBeCleared() throws Exception {
        try (PmProcess pm = PmProcess.start(
                Map.of("FROM_OUTSIDE", "here"), "run", "--clear-env", "--env", "ADDED=1", "--", "/usr/bin/env")) {
            assertThat(pm.end().outText().lines())
                    .hasSize(3)
                    .contains("ADDED=1")
                    .anyMatch(line -> line.startsWith("PM_INSTANCE_ID="))
                    .anyMatch(line -> line.startsWith("PM_PROCESS_ID="));
        }
    }

    @Test
    void argumentsArriveAsTheyWereGiven() throws Exception {
        assertThat(PmProcess.run("run", "printf", "%s|", "--timeout", "1s", "--", "@x", "", "a b", "${HOME}")
                        .outText())
                .isEqualTo("--timeout|1s|--|@x||a b|${HOME}|");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "C.UTF-8", "nowhere"})
    void lettersBeyondAsciiArriveInEveryLocaleAndTheLocaleToo(String locale) throws Exception {
        String[] words = {"run", "--", "sh", "-c", "printf '%s %s' \"$LC_ALL\" \"$0\""};
        try (PmProcess pm = PmProcess.startWithWord("bl\\303\\274te", Map.of("LC_ALL", locale), words)) {
            assertThat(pm.end().outText()).isEqualTo(locale + " blüte");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void bytesThatAreNoTextAreRefusedAndNeverChanged(String locale) throws Exception {
        try (PmProcess pm = PmProcess.startWithWord("bl\\374te", Map.of("LC_ALL", locale), "run", "--", "echo")) {
            PmProcess.Output output = pm.end();

            assertThat(output.status()).isEqualTo(125);
            assertThat(output.outText()).isEmpty();
            assertThat(output.err()).startsWith("pm: ").contains("'bl\\xfcte'").containsOnlyOnce("\n");
        }
    }

    @Test
    void messagesKeepTheirLettersInACLocale() throws Exception {
        try (PmProcess pm = PmProcess.startWithWord("gr\\303\\266sse", Map.of("LC_ALL", "C"), "run", "--")) {
            assertThat(pm.end().err()).contains("'grösse'");
        }
    }

    @Test
    void theCommandLeadsASessionOfItsOwn() throws Exception {
        // proc(5), stat: field 1 is the pid, field 6 the session.
        String[] stat =
                PmProcess.run("run", "--", "cat", "/proc/self/stat").outText().split(" ", -1);

        assertThat(stat[5]).isEqualTo(stat[0]);
    }

    @Test
    void privilegesCanBeKeptFromGrowing() throws Exception {
        String[] command = {"grep", "NoNewPrivs", "/proc/self/status"};

        assertThat(PmProcess.run("run", "--no-new-privileges", command[0], command[1], command[2])
                        .outText())
                .isEqualTo("NoNewPrivs:\t1\n");
        assertThat(PmProcess.run("run", command[0], command[1], command[2]).outText())
                .isEqualTo("NoNewPrivs:\t0\n");
    }
}

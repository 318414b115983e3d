package pm.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command while its tree has used up the processes of its user: no thread can be started. */
@EnabledOnOs(OS.LINUX)
class ProcessLimitIT {
    /** A user of its own: the limit counts all that a user has. */
    private static final int USER = 64_121;

    private static final List<String> LIMITED =
            List.of("prlimit", "--nproc=90:90", "setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups");
    private static final String BOMB = "$SIG{TERM} = 'IGNORE'; while (1) { my $pid = fork;"
            + " if (defined $pid && !$pid) { sleep 1000; exit } if (!defined $pid) { syswrite STDOUT, 'F'; sleep 1 } }";

    @TempDir
    static Path folder;

    @BeforeAll
    static void copy() throws IOException {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root: to run as another user");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Stream<Path> files = Files.walk(PmProcess.APPLICATION)) {
            for (Path file : files.toList()) {
                Path copy =
                        folder.resolve(PmProcess.APPLICATION.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    @AfterEach
    void nothingIsLeft() {
        Awaitility.await("the user's processes are gone")
                .atMost(Duration.ofSeconds(30))
                .until(() -> processes() == 0);
    }

    @ParameterizedTest
    @CsvSource({"auto, TERM, 143", "auto, INT, 130", "auto, HUP, 129", "supervision, TERM, 143"})
    void aSignalEndsCommandAndTree(String containment, String signal, int status) throws Exception {
        try (PmProcess pm = start(containment, "60s")) {
            Awaitility.await("the limit is reached, and pm has seen it")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> isDefault(pm.pid()));
            pm.signal(signal);

            assertThat(pm.end().status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({"auto", "supervision"})
    void theTimeoutEndsTheTree(String containment) throws Exception {
        try (PmProcess pm = start(containment, "6s")) {
            PmProcess.Output output = pm.end();

            assertThat(output.status()).as(output.err()).isEqualTo(124);
            assertThat(output.outText()).contains("F");
        }
    }

    private static PmProcess start(String containment, String timeout) {
        return PmProcess.startCopy(
                folder,
                LIMITED,
                Map.of("HOME", "/", "PM_CONTAINMENT", containment),
                "run",
                "--timeout",
                timeout,
                "--grace",
                "500ms",
                "--",
                "perl",
                "-e",
                BOMB);
    }

    /** Whether the process does not catch SIGTERM (proc_pid_status(5)): so pm has it where it cannot start a thread for it. */
    private static boolean isDefault(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                        .filter(line -> line.startsWith("SigCgt:"))
                        .mapToLong(line -> Long.parseUnsignedLong(line.substring(line.indexOf('\t') + 1), 16))
                        .allMatch(caught -> ((caught >> 14) & 1) == 0)
                && processes() > 40;
    }

    private static long processes() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(ProcessLimitIT::isOurs).count();
        }
    }

    private static boolean isOurs(Path process) {
        try {
            return process.getFileName().toString().matches("[0-9]+")
                    && Files.getAttribute(process, "unix:uid").equals(USER)
                    && !Files.readString(process.resolve("stat")).matches("(?s).*\\) [ZX] .*");
        } catch (IOException goneMeanwhile) {
            return false;
        }
    }
}

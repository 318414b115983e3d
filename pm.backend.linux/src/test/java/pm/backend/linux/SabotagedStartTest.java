package pm.backend.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import pm.testing.SpawnsBehindPm;

/** Starts in which the process that is to become the command is killed, as by the kernel for want of memory. */
@EnabledIf("pm.backend.linux.TestSession#cgroupsAreOurs")
@SpawnsBehindPm("the JVM that pm runs in must be under a filter")
class SabotagedStartTest {
    /** pidfd_send_signal with SIGKILL: what is born in the group ends the launcher by it, before it executes the command. */
    private static final String KILLED_WHEN_BORN = "424@9";

    private static final int SIGSYS = 31;

    @Test
    void whatDiesBeforeItIsTheCommandIsNoSuccessAndIsReaped() throws Exception {
        assertThat(outcome(KILLED_WHEN_BORN)).containsExactly("signal " + SIGSYS, "0");
    }

    @Test
    void withoutSabotageTheCommandRuns() throws Exception {
        assertThat(outcome("424@64")).containsExactly("exit code 3", "0");
    }

    private static List<String> outcome(String filter) throws Exception {
        Path script = Path.of(Objects.requireNonNull(SabotagedStartTest.class.getResource("refuse-calls.py"))
                .toURI());
        try (OwnCgroupRoot root = OwnCgroupRoot.make()) {
            Process jvm = new ProcessBuilder(
                            "python3",
                            script.toString(),
                            filter,
                            "--",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            StartMain.class.getName(),
                            root.folder().toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            List<String> said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(jvm.waitFor()).isZero();
            return said;
        }
    }
}

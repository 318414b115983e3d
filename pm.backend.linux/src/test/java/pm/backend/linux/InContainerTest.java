package pm.backend.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import pm.backend.linux.kernel.Processor;
import pm.backend.linux.kernel.Signals;
import pm.testing.SpawnsBehindPm;

/** What containers take away: system calls, which a filter answers with ENOSYS, and cgroups, which are mounted read-only. */
@EnabledIf("pm.backend.linux.TestSession#cgroupsAreOurs")
class InContainerTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    /** asm/unistd.h: pidfd_send_signal, pidfd_open, clone3, close_range. */
    private static final List<String> NEWER_CALLS = List.of("424", "434", "435", "436");

    private static final String MEMFD_CREATE = Processor.name().orElse("").equals("aarch64") ? "279" : "319";

    /** As runtimes do: a cgroup namespace of its own, in which the mounts are made, and all of them read-only. */
    private static final List<String> READ_ONLY_CGROUPS = List.of(
            "unshare",
            "--mount",
            "--cgroup",
            "sh",
            "-ec",
            "awk '$3 == \"cgroup2\" { print $2 }' /proc/mounts | while read -r folder; do"
                    + " umount \"$folder\"; mount -t cgroup2 cgroup2 \"$folder\"; done;"
                    + " awk '$3 ~ /^cgroup/ { print $2 }' /proc/mounts | while read -r folder; do"
                    + " mount -o remount,bind,ro \"$folder\"; done;"
                    + " exec \"$@\"",
            "sh");

    private static List<String> without(List<String> calls) throws URISyntaxException {
        List<String> command = new ArrayList<>(List.of(
                "python3",
                Path.of(Objects.requireNonNull(InContainerTest.class.getResource("refuse-calls.py"))
                                .toURI())
                        .toString()));
        command.addAll(calls);
        command.add("--");
        return command;
    }

    @Test
    void withoutNewerCallsAndCgroupsLaunchersHoldTheTrees() throws Exception {
        List<String> container = new ArrayList<>(READ_ONLY_CGROUPS);
        container.addAll(without(NEWER_CALLS));
        try (OtherJvm jvm = OtherJvm.by(container, List.of(), System.getProperty("java.class.path"))) {
            assertThat(jvm.containment)
                    .startsWith("launcher")
                    .contains(
                            "we may not make groups in",
                            "watched by asking every 10 ms",
                            "by the list in /proc/self/fd");
            assertTreeDiesWith(jvm);
        }
    }

    @Test
    void withoutNewerCallsTheGuardKillsTheTrees() throws Exception {
        try (OwnCgroupRoot root = OwnCgroupRoot.make();
                OtherJvm jvm = OtherJvm.in(root, without(NEWER_CALLS))) {
            assertThat(jvm.containment).startsWith("cgroup").contains("watched by asking every 10 ms");
            assertTreeDiesWith(jvm);
            await().atMost(SOON).until(() -> root.managers().isEmpty());
        }
    }

    private static void assertTreeDiesWith(OtherJvm jvm) throws Exception {
        assertThat(jvm.tree).hasSize(6).allMatch(OtherJvm::lives);
        jvm.signal(Signals.SIGKILL);
        await().atMost(SOON).until(() -> !jvm.anyOfTreeLives());
    }

    /** Whatever else holds of sessions holds by the slower ways too. */
    @Test
    void allOfASessionWorksWithoutNewerCalls(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("log");
        int exit = run(
                without(NEWER_CALLS),
                log,
                SuiteMain.class.getName(),
                CgroupSessionTest.class.getName(),
                CgroupContractTest.class.getName(),
                SupervisionContractTest.class.getName(),
                "pm.backend.linux.launcher.ExecTest",
                "pm.backend.linux.launcher.ExecFailureTest",
                "pm.backend.linux.launcher.PlacementTest",
                "pm.backend.linux.supervision.SupervisedStartTest",
                "pm.backend.linux.supervision.SupervisedContainmentTest");
        assertThat(exit).as(Files.readString(log)).isZero();
        assertThat(Files.readString(log)).containsPattern("[1-9][0-9]+ succeeded, 0 failed");
    }

    @Test
    void withoutFilesInMemoryItIsSaidWhatIsMissing(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("log");
        assertThat(run(without(List.of(MEMFD_CREATE)), log, SessionMain.class.getName()))
                .isNotZero();
        assertThat(Files.readString(log))
                .contains("Could not make a file in memory: memfd_create", "(ENOSYS)", "allow the system call");
    }

    @SpawnsBehindPm("the JVM that pm runs in must be prepared")
    private static int run(List<String> preparation, Path log, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(preparation);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File(log.toString()))
                .start()
                .waitFor();
    }
}

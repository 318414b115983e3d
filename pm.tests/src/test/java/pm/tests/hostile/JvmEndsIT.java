package pm.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import pm.testing.GroupFolders;

/** Rare ends of a JVM, and large trees at them: nothing lives afterwards, and no control group is left. */
@EnabledOnOs(OS.LINUX)
class JvmEndsIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static ReadableClassPath classPath;

    @BeforeAll
    static void copyClassPath() {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "needs root: to make control groups, and to become another user");
        classPath = new ReadableClassPath();
    }

    @AfterAll
    static void removeClassPath() throws IOException {
        if (classPath != null) {
            classPath.close();
        }
    }

    /** A JVM that crashes without a core file ends with status 1. */
    @ParameterizedTest
    @CsvSource({
        "CGROUP, OUT_OF_MEMORY, 0, ''",
        "SUPERVISION, OUT_OF_MEMORY, 0, ''",
        "CGROUP, OUT_OF_MEMORY, 3, -XX:+ExitOnOutOfMemoryError",
        "SUPERVISION, OUT_OF_MEMORY, 3, -XX:+ExitOnOutOfMemoryError",
        "CGROUP, OUT_OF_MEMORY, 1, -XX:+CrashOnOutOfMemoryError",
        "SUPERVISION, CRASH, 1, ''",
        "CGROUP, CRASH, 1, ''",
        "CGROUP, EXIT_FROM_MANY_THREADS, 3, ''",
        "SUPERVISION, EXIT_FROM_MANY_THREADS, 3, ''",
        "CGROUP, EXIT_THEN_HALT, 4, ''",
        "SUPERVISION, EXIT_THEN_HALT, 4, ''"
    })
    void nothingIsLeft(Mode mode, JvmEndsMain.End end, int status, String option) throws Exception {
        assertThat(leavesNothing(mode, JvmEndsMain.Tree.DETACHED, end, option)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"CGROUP, DEEP", "SUPERVISION, DEEP", "CGROUP, WIDE", "SUPERVISION, WIDE"})
    void nothingIsLeftOfALargeTree(Mode mode, JvmEndsMain.Tree tree) throws Exception {
        JvmEndsMain.End end = tree == JvmEndsMain.Tree.DEEP ? JvmEndsMain.End.CLOSE : JvmEndsMain.End.FROM_OUTSIDE;
        leavesNothing(mode, tree, end, "");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void managersOfTwoClassLoadersEndTheirOwnTrees(Mode mode) throws Exception {
        String first = Marks.fresh();
        String second = Marks.fresh();
        try (ScenarioJvm jvm = ScenarioJvm.start(classPath, mode, TwoLoadersMain.class, first, second)) {
            List<String> instances = List.of(jvm.awaitReady().split(" "));
            assertThat(instances).doesNotHaveDuplicates().hasSize(2);
            jvm.awaitLine("CLOSED");
            assertThat(Marks.alive(first)).isEmpty();
            Awaitility.await().atMost(SOON).until(() -> Marks.alive(second).size() >= 3);
            jvm.kill();
            Awaitility.await().atMost(SOON).untilAsserted(() -> {
                assertThat(Marks.alive(second)).isEmpty();
                instances.forEach(instance ->
                        assertThat(GroupFolders.named("pm." + instance)).isEmpty());
            });
        }
    }

    /** With the first process of a PID namespace the kernel ends all of them, the guard too. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void whatItsPidNamespaceLeftIsRemovedByTheNextManager(Mode mode) throws Exception {
        String mark = Marks.fresh();
        List<String> namespace = new ArrayList<>(List.of("unshare", "--pid", "--fork", "--mount-proc"));
        namespace.addAll(userOf(mode));
        String group;
        try (ScenarioJvm jvm = start(namespace, JvmEndsMain.Tree.DETACHED, JvmEndsMain.End.FROM_OUTSIDE, mark)) {
            group = "pm." + jvm.awaitReady();
            // What was started is unshare(1); its child is the first process of the namespace.
            ProcessHandle.of(jvm.pid()).orElseThrow().children().forEach(ProcessHandle::destroyForcibly);
            Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(Marks.alive(mark))
                    .isEmpty());
        }
        try (ScenarioJvm next = start(userOf(mode), JvmEndsMain.Tree.DETACHED, JvmEndsMain.End.CLOSE, Marks.fresh())) {
            assertThat(next.awaitExit()).as(next::said).isZero();
            assertThat(GroupFolders.named(group)).isEmpty();
        }
    }

    private static List<String> userOf(Mode mode) {
        return mode == Mode.SUPERVISION
                ? List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
                : List.of();
    }

    private static ScenarioJvm start(
            List<String> preparation, JvmEndsMain.Tree tree, JvmEndsMain.End end, String mark, String... more) {
        List<String> options = new ArrayList<>(classPath.options());
        options.addAll(List.of("-XX:ErrorFile=/dev/null", "-XX:-CreateCoredumpOnCrash"));
        options.addAll(Arrays.asList(more));
        options.removeIf(String::isEmpty);
        return ScenarioJvm.start(preparation, options, JvmEndsMain.class, tree.name(), end.name(), mark);
    }

    /** Returns the JVM's exit status. */
    private static int leavesNothing(Mode mode, JvmEndsMain.Tree tree, JvmEndsMain.End end, String option)
            throws Exception {
        String mark = Marks.fresh();
        try (ScenarioJvm jvm = start(userOf(mode), tree, end, mark, option)) {
            String group = "pm." + jvm.awaitReady();
            if (end == JvmEndsMain.End.FROM_OUTSIDE) {
                jvm.kill();
            }
            int status = jvm.awaitExit();
            Awaitility.await().atMost(SOON).untilAsserted(() -> {
                assertThat(Marks.alive(mark)).isEmpty();
                assertThat(GroupFolders.named(group)).isEmpty();
            });
            return status;
        } finally {
            Marks.alive(mark).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
    }
}

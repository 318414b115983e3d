package pm.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every program with every ending, in both modes, each in a JVM of its own: nothing of it may live afterwards, and no folder of a control
 * group may be left. On JDK 17 the full matrix, on others a pairwise part of it.
 */
@EnabledOnOs(OS.LINUX)
class HostileMatrixIT {
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

    static List<Combination> cells() {
        return Runtime.version().feature() == 17 ? Combination.all() : Combination.pairwise();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    @Execution(ExecutionMode.CONCURRENT) // the cells with each other, not with other classes
    void nothingIsLeft(Combination cell) throws Exception {
        String mark = Marks.fresh();
        try (ScenarioJvm jvm = ScenarioJvm.start(classPath, cell.mode(), cell.program(), cell.ending(), mark)) {
            String containment = jvm.awaitReady();
            assertThat(containment).as(jvm::said).contains(cell.mode() == Mode.CGROUP ? "cgroup" : "launcher");
            if (cell.ending().fromOutside()) {
                endFromOutside(jvm, cell.ending());
            }
            int code = jvm.awaitExit();
            if (cell.ending().statusAfterHook().isPresent()) {
                // At once: the hook ends the tree before the JVM is gone, the guard would only begin then.
                assertThat(Marks.alive(mark)).isEmpty();
                String said = jvm.said();
                assertThat(code)
                        .as(said)
                        .isEqualTo(cell.ending().statusAfterHook().getAsInt());
                assertThat(said).contains("CLEANED UP SHUTDOWN", "CLOSED with 1 ended and 0 failed");
            } else if (!cell.ending().fromOutside()) {
                assertThat(code).as(() -> jvm.said()).isZero();
            }
            awaitNothing(mark, limit(cell));
        } finally {
            Marks.alive(mark).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
    }

    private static void endFromOutside(ScenarioJvm jvm, Ending ending) {
        switch (ending) {
            case GUARD_KILLED_THEN_JVM -> {
                long guard = onlyLauncherOf(jvm);
                ScenarioJvm.signal(guard, "KILL");
                Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> Marks.launchersOf(jvm.pid()).stream()
                        .anyMatch(pid -> pid != guard && isAtItsPost(pid)));
            }
            case LAUNCHER_STOPPED_THEN_JVM -> ScenarioJvm.signal(onlyLauncherOf(jvm), "STOP");
            default -> {}
        }
        jvm.signal(ending.signal());
    }

    private static long onlyLauncherOf(ScenarioJvm jvm) {
        List<Long> launchers = Marks.launchersOf(jvm.pid());
        assertThat(launchers).hasSize(1);
        return launchers.get(0);
    }

    /** A guard has joined its leaf once it watches. */
    private static boolean isAtItsPost(long guard) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(guard), "cgroup"))
                    .contains("/guard");
        } catch (IOException gone) {
            return false;
        }
    }

    /** Generous: the machine runs other scenarios meanwhile. The exact times are tested one at a time by {@link EndTimesIT}. */
    private static Duration limit(Combination cell) {
        return Duration.ofSeconds(cell.program().name().endsWith("STORM") ? 30 : 10);
    }

    private static void awaitNothing(String mark, Duration limit) {
        Awaitility.await("processes with mark " + mark + " are gone")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .atMost(limit)
                .untilAsserted(() -> assertThat(Marks.alive(mark)).isEmpty());
    }
}

package pm.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Measures how long anything lives after SIGKILL of the JVM, one scenario at a time, and prints it. The times that README states are
 * asserted with {@code -Dpm.strictTimes=true} only: on a machine that is busy with other work they say nothing of pm.
 */
@EnabledOnOs(OS.LINUX)
@Isolated
class EndTimesIT {
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

    @ParameterizedTest
    @CsvSource({
        "CGROUP, TERM_IGNORED_BY_ALL, 200",
        "SUPERVISION, TERM_IGNORED_BY_ALL, 200",
        "CGROUP, PERL_DOUBLE_FORK_CLEARED_ENVIRONMENT, 200",
        "SUPERVISION, PERL_DOUBLE_FORK_CLEARED_ENVIRONMENT, 200",
        "CGROUP, HUNDRED, 200",
        "SUPERVISION, HUNDRED, 200",
        "CGROUP, FORK_STORM, 1000",
        "SUPERVISION, FORK_STORM, 15000"
    })
    void goneInTime(Mode mode, Program program, long stated) throws Exception {
        String mark = Marks.fresh();
        try (ScenarioJvm jvm = ScenarioJvm.start(classPath, mode, program, Ending.SIGKILL, mark)) {
            jvm.awaitReady();
            jvm.signal("KILL");
            long killed = System.nanoTime();
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> Marks.alive(mark).isEmpty());
            Duration took = Duration.ofNanos(System.nanoTime() - killed);
            System.out.printf(
                    Locale.ROOT, "%s, %s: gone after %d ms, stated %d ms%n", mode, program, took.toMillis(), stated);
            if (Boolean.getBoolean("pm.strictTimes")) {
                assertThat(took).isLessThan(Duration.ofMillis(stated));
            }
        } finally {
            Marks.alive(mark).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
    }
}

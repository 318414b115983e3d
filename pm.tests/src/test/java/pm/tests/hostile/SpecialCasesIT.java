package pm.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What needs a JVM of its own and is no cell of the matrix. */
@EnabledOnOs(OS.LINUX)
class SpecialCasesIT {
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

    /** A tree that nobody's JVM cannot end, since it became root: pm must say so in every way that it has. */
    @Test
    void whatCannotBeEndedIsNeverSaidToBeGone() throws Exception {
        String mark = Marks.fresh();
        Path setpriv = classPath.folder().resolve("setpriv");
        Files.copy(Path.of("/usr/bin/setpriv"), setpriv);
        setSetUserId(setpriv);
        try (ScenarioJvm jvm =
                ScenarioJvm.start(classPath, Mode.SUPERVISION, SurvivorMain.class, setpriv.toString(), mark)) {
            jvm.awaitReady();
            List<Long> survivors = Marks.alive(mark);
            assertThat(survivors).hasSize(1);
            assertThat(jvm.awaitExit()).isZero();
            String said = jvm.said();
            assertThat(Marks.alive(mark)).isEqualTo(survivors);
            assertThat(said)
                    .contains("SURVIVORS [" + survivors.get(0) + " ")
                    .contains("PROVEN false")
                    .contains("FAILURES 1")
                    .contains("CRITICAL CleanupFailed")
                    .contains("AlertStarted")
                    .contains("CLEANUP_FAILED");
        } finally {
            Marks.alive(mark).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
        Awaitility.await().until(() -> Marks.alive(mark).isEmpty());
    }

    private static void setSetUserId(Path file) throws IOException {
        // Files.setPosixFilePermissions has no name for the set-user-id bit; the view "unix" of the JDK has: chmod(2),
        // S_ISUID.
        Files.setAttribute(file, "unix:mode", 0104755);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void theSharedManagerIsOneAndEndsWithItsJvm(Mode mode) throws Exception {
        String mark = Marks.fresh();
        try (ScenarioJvm jvm = ScenarioJvm.start(classPath, mode, SharedMain.class, mark)) {
            jvm.awaitReady();
            assertThat(jvm.awaitExit()).isZero();
            assertThat(jvm.said()).contains("SAME true").contains("REFUSED ");
            Awaitility.await().until(() -> Marks.alive(mark).isEmpty());
        }
    }
}

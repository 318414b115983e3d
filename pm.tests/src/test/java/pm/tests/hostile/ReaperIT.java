package pm.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A JVM that the orphans of its trees come to: as a container's first process, or as a subreaper. */
@EnabledOnOs(OS.LINUX)
class ReaperIT {
    private static ReadableClassPath classPath;

    @BeforeAll
    static void copyClassPath() {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "needs root: to make a PID namespace and control groups");
        classPath = new ReadableClassPath();
    }

    @AfterAll
    static void removeClassPath() throws IOException {
        if (classPath != null) {
            classPath.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"FIRST, cgroup", "FIRST, supervision", "SUBREAPER, cgroup", "SUBREAPER, supervision"})
    void orphansOfTreesAreReapedAndNoOthers(String process, String containment) throws Exception {
        List<String> preparation =
                process.equals("FIRST") ? List.of("unshare", "--pid", "--fork", "--mount-proc") : List.of();
        try (ScenarioJvm jvm = ScenarioJvm.start(
                preparation, classPath.options(), ReaperMain.class, process, containment, Marks.fresh())) {
            jvm.awaitReady();
            int status = jvm.awaitExit();
            assertThat(status).as(jvm.said()).isZero();
            assertThat(jvm.said()).contains("REAPED").doesNotContain("Exception");
        }
    }
}

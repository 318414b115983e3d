package pm.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
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

/** Trees end in time while there is no thread, no descriptor or no memory to be had. */
@EnabledOnOs(OS.LINUX)
class ExhaustionIT {
    /** A user of its own: a limit of processes counts all that a user has. */
    private static final int USER = 64_119;

    private static ReadableClassPath classPath;

    @BeforeAll
    static void copy() {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root: to run as another user");
        classPath = new ReadableClassPath();
    }

    @AfterAll
    static void delete() throws Exception {
        if (classPath != null) {
            classPath.close();
        }
    }

    @Test
    void treesEndAtTheLimitOfProcessesOfAUser() throws Exception {
        endsInTime(List.of("prlimit", "--nproc=90:90"), Mode.SUPERVISION, ExhaustionMain.Resource.PROCESSES, List.of());
    }

    /** The limit of a control group holds for root too. */
    @ParameterizedTest
    @EnumSource
    void treesEndAtTheLimitOfProcessesOfAGroup(Mode mode) throws Exception {
        try (UnknownGroups groups =
                new UnknownGroups("exhaustion-" + ProcessHandle.current().pid(), 90)) {
            Assumptions.assumeTrue(groups.isLimited(), "needs a hierarchy of version 1 with the pids controller");
            endsInTime(groups.entrance(), mode, ExhaustionMain.Resource.PROCESSES, List.of());
            assertThat(groups.living()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void treesEndWithoutDescriptors(Mode mode) throws Exception {
        endsInTime(List.of("prlimit", "--nofile=200:200"), mode, ExhaustionMain.Resource.DESCRIPTORS, List.of());
    }

    @ParameterizedTest
    @EnumSource
    void treesEndWithAFullHeap(Mode mode) throws Exception {
        endsInTime(List.of(), mode, ExhaustionMain.Resource.HEAP, List.of("-Xmx32m"));
    }

    private static void endsInTime(List<String> limit, Mode mode, ExhaustionMain.Resource resource, List<String> heap)
            throws Exception {
        String mark = Marks.fresh();
        List<String> preparation = new ArrayList<>(limit);
        if (mode == Mode.SUPERVISION) {
            preparation.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
        }
        List<String> options = new ArrayList<>(classPath.options());
        options.addAll(heap);
        try (ScenarioJvm jvm = ScenarioJvm.start(preparation, options, ExhaustionMain.class, resource.name(), mark)) {
            jvm.awaitReady();
            int status = jvm.awaitExit();
            String said = jvm.said();
            assertThat(said)
                    .contains("IN TIME true, THROWN false", "TIMED TIMED_OUT true", "KILLED STOPPED true", "CLOSED");
            assertThat(status).as(said).isZero();
            assertThat(Marks.alive(mark)).isEmpty();
        } finally {
            Awaitility.await("what the scenario left is gone")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        Marks.alive(mark)
                                .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
                        return Marks.alive(mark).isEmpty();
                    });
        }
    }
}

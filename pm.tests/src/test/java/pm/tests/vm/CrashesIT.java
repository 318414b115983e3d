package pm.tests.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.tests.hostile.Ending;
import pm.tests.hostile.Marks;
import pm.tests.hostile.Program;
import pm.tests.hostile.ScenarioJvm;

/** SIGKILL of the JVM. */
class CrashesIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    static Stream<Program> programs() {
        Stream<Program> everywhere = Stream.of(
                Program.PERL_DOUBLE_FORK_CLEARED_ENVIRONMENT,
                Program.DAEMON,
                Program.TERM_IGNORED_BY_ALL,
                Program.STOPPED_LEADER);
        return Mode.current().endsOtherUsers() ? Stream.concat(everywhere, Stream.of(Program.OTHER_USER)) : everywhere;
    }

    @ParameterizedTest
    @MethodSource("programs")
    void nothingIsLeft(Program program) {
        String mark = Marks.fresh();
        try (ScenarioJvm jvm = ScenarioJvm.likeThisOne(program, Ending.SIGKILL, mark)) {
            jvm.awaitReady();
            jvm.signal("KILL");
            awaitNothing(mark);
            awaitNoGroup();
        }
    }

    /** The guard or the launcher: whoever would end the tree. It is stopped, so that it has to be woken. */
    @Test
    void alsoWhenWhoWouldEndItIsStopped() {
        String mark = Marks.fresh();
        try (ScenarioJvm jvm = ScenarioJvm.likeThisOne(Program.TERM_IGNORED_BY_ALL, Ending.SIGKILL, mark)) {
            jvm.awaitReady();
            ScenarioJvm.signal(onlyLauncherOf(jvm), "STOP");
            jvm.signal("KILL");
            awaitNothing(mark);
            awaitNoGroup();
        }
    }

    @Test
    void whatJvmAndGuardLeftIsEndedByTheNextManager() {
        String mark = Marks.fresh();
        try (ScenarioJvm jvm = ScenarioJvm.likeThisOne(Program.TERM_IGNORED_BY_ALL, Ending.SIGKILL, mark)) {
            jvm.awaitReady();
            long guard = onlyLauncherOf(jvm);
            // Stopped, so that it cannot replace its guard.
            jvm.signal("STOP");
            if (Mode.current().holder() != Mode.Holder.CGROUP) {
                // There is no second line of defence: only the JVM is killed.
                jvm.signal("KILL");
            } else {
                ScenarioJvm.signal(guard, "KILL");
                Awaitility.await().until(() -> Marks.launchersOf(jvm.pid()).isEmpty());
                jvm.signal("KILL");
                Awaitility.await().until(() -> !ControlGroups.ofManagers().isEmpty());
                assertThat(Marks.alive(mark)).isNotEmpty();
            }
            try (ProcessManager next = ProcessManagers.open(PmApi.VERSION)) {
                awaitNothing(mark);
                assertThat(next.active()).isEmpty();
            }
            awaitNoGroup();
        }
    }

    private static long onlyLauncherOf(ScenarioJvm jvm) {
        List<Long> launchers = Marks.launchersOf(jvm.pid());
        assertThat(launchers).hasSize(1);
        return launchers.get(0);
    }

    private static void awaitNothing(String mark) {
        Awaitility.await("end of all with mark " + mark)
                .pollInterval(Duration.ofMillis(20))
                .atMost(SOON)
                .untilAsserted(() -> assertThat(Marks.alive(mark)).isEmpty());
    }

    private static void awaitNoGroup() {
        Awaitility.await("removal of the groups")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(ControlGroups.ofManagers()).isEmpty());
    }
}

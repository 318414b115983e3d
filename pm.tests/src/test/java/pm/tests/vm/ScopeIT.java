package pm.tests.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.api.ManagedProcess;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.Settings;
import pm.tests.hostile.Marks;
import pm.tests.hostile.ScenarioJvm;

/** What only scopes have: a launcher for each tree, and controllers that come later. */
@Tag(ScopeIT.TAG)
class ScopeIT extends ManagerHere {
    /** The suite runs it only where trees are in scopes. */
    static final String TAG = "scopes";

    private static final Duration SOON = Duration.ofSeconds(60);

    private static List<Long> launchers() {
        return Marks.launchersOf(ProcessHandle.current().pid());
    }

    /** The group is empty a moment before the launcher has reaped all: it must leave nevertheless, without the manager being closed. */
    @Test
    void launchersLeaveWithTheirTrees() throws Exception {
        for (int i = 0; i < 10; i++) {
            manager.run(shell("for i in 1 2 3 4 5 6 7 8; do setsid sleep 1000 & done"));
        }
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(launchers())
                .isEmpty());
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(ControlGroups.ofManagersWithContent())
                .isEmpty());
    }

    /** Not after the patience that a tree has been promised: nobody would end it if the JVM died meanwhile. */
    @Test
    void aTreeWhoseLauncherWasKilledIsKilledAtOnce() {
        String mark = Marks.fresh();
        Settings patient = Settings.none()
                .with(Setting.TERMINATE_WAIT, Duration.ofSeconds(60))
                .with(Setting.GRACEFUL_TIMEOUT, Duration.ofSeconds(60));
        try (ProcessManager other = ProcessManagers.open(PmApi.VERSION, patient)) {
            other.spawn(ProcessSpec.of("sh", "-c", "trap '' TERM; setsid sleep " + mark + " & sleep " + mark));
            Awaitility.await().until(() -> Marks.alive(mark).size() >= 3);
            assertThat(launchers()).hasSize(1);
            ScenarioJvm.signal(launchers().get(0), "KILL");
            Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(Marks.alive(mark))
                    .isEmpty());
        }
    }

    /** systemd removes the groups of such a scope as soon as it is empty, which is when pm sees the tree's end. */
    @Test
    void noGroupIsLeftOfTreesWhoseLaunchersWereKilled() throws Exception {
        try (ProcessManager other = ProcessManagers.open(PmApi.VERSION, Settings.none())) {
            for (int i = 0; i < 40; i++) {
                ManagedProcess process = other.spawn(ProcessSpec.of("sleep", "1000"));
                assertThat(launchers()).hasSize(1);
                ScenarioJvm.signal(launchers().get(0), "KILL");
                assertThat(process.await(SOON)).isPresent();
            }
        }
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(ControlGroups.ofManagersWithContent())
                .isEmpty());
    }

    /** systemd puts the controller to work only now. */
    @Test
    void aLimitThatIsSetLaterIsCountedAndTold() throws Exception {
        ManagedProcess process = manager.spawn(shell("while :; do :; done"));
        assertThat(process.usage().throttledShare()).isEmpty();
        process.updateLimits(Limits.none().cpus(0.3));
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(
                        process.usage().throttledShare().orElse(0))
                .isPositive());
        process.close();
        assertThat(process.await(SOON).orElseThrow().violations())
                .extracting(LimitViolation::kind)
                .containsExactly(LimitKind.CPUS);
    }
}

package pm.backend.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pm.api.ProcessTree;
import pm.api.ResourceUsage;
import pm.api.Setting;
import pm.api.Signal;
import pm.backend.linux.proc.MarkedProcesses;
import pm.backend.linux.proc.ProcessStat;
import pm.contract.OperatingSystem;
import pm.spi.Containment;
import pm.spi.NativeProcess;

/** A process whose first thread has ended while another lives is a living member of its tree; {@link CrashTest} has one in each tree. */
@EnabledIf("pm.backend.linux.TestSession#cgroupsAreOurs")
class DeadMainThreadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ParameterizedTest
    @ValueSource(strings = {"cgroup", "supervision"})
    void aKillEndsIt(String mode) throws Exception {
        try (TestSession session = TestSession.open(Map.of(Setting.CONTAINMENT, mode));
                Containment tree = session.contain()) {
            long pid = pidOf(tree.start(TestSession.shell(DeadMainThread.DETACHED + "wait")));
            tree.terminate(Signal.TERM);
            assertThat(tree.isEmpty()).isFalse();
            assertThat(OperatingSystem.lives(pid)).isTrue();

            tree.kill();

            awaitEmpty(tree);
            assertThat(OperatingSystem.lives(pid)).isFalse();
            assertThat(session.observer().warnings).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cgroup", "supervision"})
    void itIsShownAsWhatItsLivingThreadDoes(String mode) throws Exception {
        try (TestSession session = TestSession.open(Map.of(Setting.CONTAINMENT, mode));
                Containment tree = session.contain()) {
            NativeProcess leader = tree.start(TestSession.shell(DeadMainThread.DETACHED));
            long pid = pidOf(leader);
            await().atMost(PATIENCE).until(() -> !OperatingSystem.lives(leader.pid()));

            List<ProcessTree.Node> members = tree.members();

            assertThat(members).extracting(ProcessTree.Node::pid).contains(pid);
            ProcessTree.Node member = members.stream()
                    .filter(node -> node.pid() == pid)
                    .findFirst()
                    .orElseThrow();
            assertThat(member.state()).isEqualTo("S");
            assertThat(member.command()).startsWith("python3 -c import ctypes");
            ResourceUsage usage = tree.usage();
            if (mode.equals("supervision")) {
                // Linux counts no page for a thread that has ended.
                assertThat(usage.memoryBytes().orElseThrow()).isGreaterThan(1 << 20);
            }
            tree.kill();
            awaitEmpty(tree);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cgroup", "supervision"})
    void itIsFoundByItsVariables(String mode) throws Exception {
        try (TestSession session = TestSession.open(Map.of(Setting.CONTAINMENT, mode));
                Containment tree = session.contain()) {
            String mark = "PM_TEST_MARK=" + System.nanoTime();
            String marked = DeadMainThread.DETACHED.replace("env -i", "env " + mark);
            long pid = pidOf(tree.start(TestSession.shell(marked + "wait")));

            assertThat(MarkedProcesses.find(Set.of(mark), 0))
                    .extracting(ProcessStat::pid)
                    .containsExactly(pid);
            tree.kill();
            awaitEmpty(tree);
        }
    }

    private static long pidOf(NativeProcess leader) throws Exception {
        return Long.parseLong(Output.line(leader));
    }

    private static void awaitEmpty(Containment tree) throws Exception {
        tree.whenEmpty().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}

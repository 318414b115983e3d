package pm.backend.linux.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pm.api.ExitStatus;
import pm.api.Limits;
import pm.api.ProcessTree;
import pm.backend.linux.kernel.HeldProcess;
import pm.backend.linux.kernel.Signals;
import pm.backend.linux.launcher.Requests;
import pm.backend.linux.launcher.Workbench;
import pm.backend.linux.proc.ProcFiles;
import pm.backend.linux.proc.ProcessIdentity;
import pm.backend.linux.proc.ProcessStat;
import pm.spi.BackendException;
import pm.spi.Containment;
import pm.spi.NativeProcess;
import pm.spi.StartException;

/** What is special about trees that are held by their launcher; all else is in the contract of backends. */
class SupervisedContainmentTest {
    /** Leader, child and an orphan in a session of its own and without our marks; none of them heeds SIGTERM. */
    private static final String STUBBORN =
            "trap '' TERM; (env -i setsid sh -c 'trap \"\" TERM; sleep 1000; :' &); sleep 1000; :";

    private Workbench bench;
    private Supervision supervision;
    private Containment tree;

    @BeforeEach
    void open() throws Exception {
        bench = new Workbench();
        supervision = new Supervision(Workbench.INSTANCE, bench.launching(), bench.exits(), bench.warnings()::add);
        tree = supervision.contain("1", Limits.none(), violation -> {});
    }

    @AfterEach
    void close() throws Exception {
        tree.kill();
        await().until(() -> supervision.helperPids().isEmpty());
        bench.close();
    }

    @Test
    void whatIsClosedIsForgotten() throws Exception {
        tree.start(Requests.quietShell("exit 0"));
        awaitEmpty();
        tree.close();
        assertThat(supervision.size()).isZero();
        assertThat(bench.warnings()).isEmpty();
    }

    @Test
    void usageIsThatOfTheWholeTree() throws Exception {
        String busy = "i=0; while [ $i -lt 50000 ]; do i=$((i+1)); done";
        tree.start(Requests.quietShell("(setsid sh -c '" + busy + "' &) ; sleep 1000"));
        await().until(() -> tree.usage().cpu().toMillis() >= 10);
        tree.kill();
        awaitEmpty();
        assertThat(tree.usage().cpu().toMillis()).isPositive();
        assertThat(tree.usage().peakMemoryBytes().orElseThrow()).isBetween(100_000L, 50_000_000L);
        assertThat(tree.violations()).isEmpty();
    }

    @Test
    void withoutItsLauncherATreeIsNotProvenGoneButWhatIsFoundIsKilled() throws Exception {
        NativeProcess leader = tree.start(Requests.quietShell("(setsid sleep 1000 &); sleep 1000; :"));
        List<ProcessIdentity> all = identities(awaitMembers(3));
        killLauncher();
        assertThatThrownBy(this::awaitEmpty)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("Could not prove that nothing of supervised tree 1")
                .hasMessageContaining("signal 9");
        await().until(() -> all.stream().noneMatch(ProcessIdentity::isAlive));
        assertThat(leader.exit().toCompletableFuture().get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExitStatus.Unknown.class);
        assertThatThrownBy(tree::isEmpty)
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("launcher was lost");
        tree.close();
    }

    /** Some of these launchers are gone before they have reported that the command runs; then the start fails. */
    @Test
    void aCommandThatKillsItsLauncherAtOnceIsEnded() throws Exception {
        String mark = Long.toString(100_000_000_000L + System.nanoTime());
        for (int i = 0; i < 100; i++) {
            try {
                supervision
                        .contain("1", Limits.none(), violation -> {})
                        .start(Requests.quietShell("kill -9 $PPID; exec sleep " + mark));
            } catch (StartException unreported) {
                assertThat(unreported).hasMessageContaining("ended before the command ran, signal 9");
            }
        }
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> supervision.helperPids().isEmpty());
        await().atMost(60, TimeUnit.SECONDS).until(() -> ProcessHandle.allProcesses()
                .noneMatch(process -> process.info().commandLine().orElse("").contains(mark)));
    }

    @Test
    void aStoppedLauncherStillObeys() throws Exception {
        tree.start(Requests.quietShell(STUBBORN));
        awaitMembers(4);
        long launcher = launcher();
        signal(launcher, Signals.SIGSTOP);
        await().until(() -> ProcFiles.stat(launcher).orElseThrow().state() == 'T');
        tree.kill();
        awaitEmpty();
        assertThat(tree.isEmpty()).isTrue();
    }

    private void awaitEmpty() throws Exception {
        tree.whenEmpty().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private List<ProcessTree.Node> awaitMembers(int count) {
        List<ProcessTree.Node> members = new ArrayList<>();
        await().until(() -> {
            members.clear();
            members.addAll(tree.members());
            return members.size() == count;
        });
        return members;
    }

    private static List<ProcessIdentity> identities(List<ProcessTree.Node> nodes) {
        return nodes.stream()
                .flatMap(node -> ProcFiles.stat(node.pid()).stream())
                .map(ProcessStat::identity)
                .toList();
    }

    private long launcher() {
        return supervision.helperPids().iterator().next();
    }

    private void killLauncher() throws Exception {
        signal(launcher(), Signals.SIGKILL);
    }

    private static void signal(long pid, int signal) throws Exception {
        try (HeldProcess held = HeldProcess.open(pid)) {
            held.signal(signal);
        }
    }
}

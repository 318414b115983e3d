package pm.backend.linux.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pm.api.ExitStatus;
import pm.api.Limits;
import pm.api.ProcessTree;
import pm.api.ResourceUsage;
import pm.api.Signal;
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
        supervision = new Supervision("workbench", bench.launching(), bench.exits(), bench.warnings()::add);
        tree = supervision.contain("1", Limits.none(), violation -> {});
    }

    @AfterEach
    void close() throws Exception {
        tree.kill();
        await().until(() -> supervision.helperPids().isEmpty());
        bench.close();
    }

    @Test
    void anEmptyOneIsEmpty() throws Exception {
        assertThat(tree.isEmpty()).isTrue();
        assertThat(tree.whenEmpty().toCompletableFuture()).isDone();
        assertThat(tree.members()).isEmpty();
        assertThat(tree.usage()).isEqualTo(ResourceUsage.NONE);
        tree.close();
        assertThat(supervision.size()).isZero();
    }

    @Test
    void membersAreTheWholeTreeLeaderFirstAndWithoutTheLauncher() throws Exception {
        NativeProcess leader = tree.start(Requests.quietShell(STUBBORN));
        List<ProcessTree.Node> members = awaitMembers(4);
        assertThat(members.get(0).pid()).isEqualTo(leader.pid());
        assertThat(members)
                .extracting(ProcessTree.Node::pid)
                .doesNotContainAnyElementsOf(supervision.helperPids())
                .doesNotContain(ProcessHandle.current().pid());
        assertThat(supervision.helperPids()).hasSize(1);
    }

    @Test
    void aKillEndsWhatHasDetachedItself() throws Exception {
        tree.start(Requests.quietShell(STUBBORN));
        List<ProcessIdentity> all = identities(awaitMembers(4));
        tree.terminate(Signal.TERM);
        assertThat(tree.isEmpty()).isFalse();
        tree.kill();
        awaitEmpty();
        assertThat(all).noneMatch(ProcessIdentity::isAlive);
        assertThat(tree.isEmpty()).isTrue();
        assertThat(tree.members()).isEmpty();
        tree.close();
        assertThat(supervision.size()).isZero();
        assertThat(bench.warnings()).isEmpty();
    }

    @Test
    void terminationTellsEachOnceAndWakesWhatWasStopped(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("log");
        // Each says it once, whether in the leader's group or outside it, and also when it was stopped.
        String member = "trap 'echo told >> " + log + "; exit 0' TERM; : > READY; while :; do sleep 0.05; done";
        String script =
                "setsid sh -c \"" + member.replace("READY", folder.resolve("a").toString()) + "\" & sh -c \""
                        + member.replace("READY", folder.resolve("b").toString()) + "\" & "
                        + member.replace("READY", folder.resolve("c").toString());
        tree.start(Requests.quietShell(script));
        await().until(() -> Files.exists(folder.resolve("a"))
                && Files.exists(folder.resolve("b"))
                && Files.exists(folder.resolve("c")));
        tree.suspend();
        // Or a zombie whose parent was stopped before it could reap it; or in D: the parent of a child that was stopped
        // between
        // vfork(2) and exec.
        await().until(() ->
                tree.members().stream().allMatch(node -> node.state().matches("[TZD]")));
        tree.terminate(Signal.TERM);
        awaitEmpty();
        assertThat(Files.readAllLines(log)).containsExactly("told", "told", "told");
    }

    @Test
    void suspendedTreesGoOnWhenResumed() throws Exception {
        tree.start(Requests.quietShell(STUBBORN));
        awaitMembers(4);
        tree.suspend();
        await().until(() ->
                tree.members().stream().allMatch(node -> node.state().matches("[TZD]")));
        tree.resume();
        await().until(() ->
                tree.members().stream().noneMatch(node -> node.state().equals("T")));
    }

    @Test
    void theLeadersExitIsToldWhileDescendantsLive() throws Exception {
        NativeProcess leader = tree.start(Requests.quietShell("sleep 1000 & exit 5"));
        assertThat(leader.exit().toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isEqualTo(new ExitStatus.Exited(5));
        assertThat(tree.isEmpty()).isFalse();
        assertThatThrownBy(tree::close).isInstanceOf(BackendException.class).hasMessageContaining("not empty");
        assertThat(leader.signal(Signal.KILL)).isFalse();
        assertThat(awaitMembers(1).get(0).command()).isEqualTo("sleep 1000");
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
        assertThat(leader.exit().toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExitStatus.Unknown.class);
        assertThatThrownBy(tree::isEmpty)
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("launcher was lost");
        tree.close();
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

    @Test
    void aForkStormIsEnded() throws Exception {
        // Each of 8 loops keeps forking for ever; at most some hundred live at once.
        String loop = "while :; do sleep 0.2 & sleep 0.01; done";
        tree.start(Requests.quietShell("for i in 1 2 3 4 5 6 7 8; do setsid sh -c '" + loop + "' & done; wait"));
        await().until(() -> tree.members().size() > 50);
        List<ProcessIdentity> all = identities(tree.members());
        tree.kill();
        awaitEmpty();
        assertThat(all).noneMatch(ProcessIdentity::isAlive);
    }

    private void awaitEmpty() throws Exception {
        tree.whenEmpty().toCompletableFuture().get(20, TimeUnit.SECONDS);
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

package pm.backend.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import pm.api.ExitStatus;
import pm.api.Limits;
import pm.api.ProcessTree;
import pm.api.Signal;
import pm.backend.linux.launcher.LauncherMessage;
import pm.backend.linux.launcher.Order;
import pm.backend.linux.launcher.Requests;
import pm.backend.linux.launcher.SuperviseRequest;
import pm.backend.linux.launcher.SupervisorProcess;
import pm.backend.linux.launcher.Workbench;
import pm.backend.linux.proc.ProcFiles;
import pm.spi.BackendException;
import pm.spi.NativeProcess;
import pm.testing.SpawnsBehindPm;

/** A tree beside its launcher, in groups that somebody else than systemd has made; how systemd does that is seen in virtual machines. */
@EnabledIf("pm.backend.linux.cgroup.OwnFolders#cgroupsAreOurs")
class ScopeContainmentTest {
    private static final String UNIT = "pm-test-p1.scope";

    private final CompletableFuture<ScopeContainment> gone = new CompletableFuture<>();
    private LockedFolder base;
    private Workbench bench;
    private ScopeContainment containment;
    private Path elsewhere;

    @BeforeEach
    void begin() throws Exception {
        base = OwnFolders.make();
        elsewhere = Files.createDirectory(base.path().resolve("elsewhere"));
        bench = new Workbench();
        containment = new ScopeContainment(
                new TreeScope(new FolderScopes(base.path()), UNIT, Limits.none(), false),
                bench.launching(),
                bench.exits(),
                violation -> {},
                bench.warnings()::add,
                gone::complete);
    }

    @AfterEach
    void nothingStays() throws Exception {
        containment.close();
        gone.get(60, TimeUnit.SECONDS);
        bench.close();
        OwnFolders.remove(base);
        assertThat(bench.warnings()).isEmpty();
    }

    private void awaitEmpty() throws Exception {
        containment.whenEmpty().toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(containment.isEmpty()).isTrue();
        assertThat(containment.members()).isEmpty();
    }

    private static ExitStatus status(NativeProcess leader) throws Exception {
        return leader.exit().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private List<Long> escaped() throws Exception {
        return Files.readAllLines(elsewhere.resolve("cgroup.procs")).stream()
                .map(Long::parseLong)
                .toList();
    }

    @Test
    void theTreeIsInItsGroupAndItsLauncherBeside() throws Exception {
        NativeProcess leader = containment.start(Requests.quietShell("exec sleep 1000"));

        assertThat(ProcFiles.controlGroups(leader.pid())).anyMatch(line -> line.endsWith("/" + UNIT + "/tree"));
        assertThat(ProcFiles.controlGroups(containment.launcherPid().orElseThrow()))
                .anyMatch(line -> line.endsWith("/" + UNIT + "/launcher"));
        assertThat(containment.isEmpty()).isFalse();

        containment.kill();

        assertThat(status(leader)).isEqualTo(new ExitStatus.Signalled(9, false));
        awaitEmpty();
    }

    @Test
    void aLeaderThatLeavesTheGroupIsAMemberUntilItIsKilled() throws Exception {
        NativeProcess leader =
                containment.start(Requests.quietShell("echo $$ > " + elsewhere + "/cgroup.procs; exec sleep 1000"));
        await().until(() -> escaped().equals(List.of(leader.pid())));

        assertThat(containment.isEmpty()).isFalse();
        assertThat(containment.members()).extracting(ProcessTree.Node::pid).containsExactly(leader.pid());

        containment.kill();

        assertThat(status(leader)).isEqualTo(new ExitStatus.Signalled(9, false));
        awaitEmpty();
    }

    @Test
    void aLeaderThatLeavesTheGroupHearsTheStopSignal() throws Exception {
        NativeProcess leader =
                containment.start(Requests.quietShell("echo $$ > " + elsewhere + "/cgroup.procs; exec sleep 1000"));
        await().until(() -> escaped().equals(List.of(leader.pid())));

        containment.terminate(Signal.TERM);

        assertThat(status(leader)).isEqualTo(new ExitStatus.Signalled(15, false));
        awaitEmpty();
    }

    /** The launcher is its subreaper: nothing that has left the group is unknown. */
    @Test
    void aDetachedProcessThatLeavesTheGroupIsAMemberUntilItIsKilled() throws Exception {
        NativeProcess leader = containment.start(Requests.quietShell(
                "setsid sh -c 'echo $$ > " + elsewhere + "/cgroup.procs; exec sleep 1000' & exit 0"));
        assertThat(status(leader)).isEqualTo(new ExitStatus.Exited(0));
        await().until(() -> escaped().size() == 1);

        assertThat(containment.whenEmpty().toCompletableFuture()).isNotDone();
        assertThat(containment.isEmpty()).isFalse();
        assertThat(containment.members()).extracting(ProcessTree.Node::pid).containsExactlyElementsOf(escaped());
        assertThatThrownBy(containment::close)
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("not empty");

        containment.kill();

        awaitEmpty();
        assertThat(escaped()).isEmpty();
    }

    /** As when the JVM is gone: the launcher alone, and somebody inside whom it could not find as its descendant. */
    @Test
    @SpawnsBehindPm("a stranger in the tree's group, such as no process of ours can be")
    void theLauncherItselfKillsTheGroup() throws Exception {
        TreeScope scope = new TreeScope(new FolderScopes(base.path()), "pm-test-p2.scope", Limits.none(), false);
        CompletableFuture<ExitStatus> launcherEnded = new CompletableFuture<>();
        List<LauncherMessage.Kind> said = new CopyOnWriteArrayList<>();
        SupervisorProcess launcher;
        try (OpenFolders top = OpenFolders.ofHierarchy()) {
            SuperviseRequest request = SuperviseRequest.of(Requests.quietShell("exec sleep 1000"))
                    .placedBy(pid -> scope.open(pid, List.of("sleep")))
                    .killingBelow(top.first());
            launcher = bench.launching()
                    .supervise(
                            request,
                            new SupervisorProcess.Listener(
                                    message -> said.add(message.kind()), launcherEnded::complete));
        }
        scope.leave(launcher.pid());
        Process stranger = new ProcessBuilder("sleep", "1000").start();
        Files.writeString(base.path().resolve("pm-test-p2.scope/tree/cgroup.procs"), Long.toString(stranger.pid()));

        launcher.send(Order.KILL, 0);

        assertThat(stranger.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(stranger.exitValue()).isEqualTo(128 + 9);
        await().until(() -> said.contains(LauncherMessage.Kind.EMPTY));
        launcher.send(Order.BYE, 0);
        assertThat(launcherEnded.get(60, TimeUnit.SECONDS)).isEqualTo(new ExitStatus.Exited(0));
    }
}

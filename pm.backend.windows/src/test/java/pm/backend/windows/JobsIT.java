package pm.backend.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pm.api.ExitStatus;
import pm.api.Limits;
import pm.api.ProcessTree;
import pm.backend.windows.kernel.SystemFolders;
import pm.backend.windows.kernel.WindowsException;
import pm.contract.Bench;
import pm.contract.OperatingSystem;
import pm.contract.Request;
import pm.contract.Tree;
import pm.contract.WindowsPrograms;
import pm.spi.StartRequest.Stream;

/** What Job Objects do, as the operating system shows it. */
class JobsIT extends SessionIT {
    private static final int CALLERS = 8;
    private static final int RUNS_OF_EACH = 15;
    /** Of a JVM that has done the same before. */
    private static final int FEW_HANDLES = 20;

    private static void awaitGone(List<Long> pids) {
        await().until(() -> pids.stream().noneMatch(OperatingSystem::lives));
    }

    @Test
    void descendantsFourDeepAreMembersAndEndWithTheJob() throws Exception {
        List<String> deep = new ArrayList<>();
        for (int level = 0; level < 3; level++) {
            deep.addAll(List.of("cmd.exe", "/d", "/c"));
        }
        deep.addAll(List.of("ping", "-n", "10000", "127.0.0.1"));
        try (Tree tree = bench().start(Request.of(deep).stdout(new Stream.Discarded()))) {
            await().until(() -> tree.memberPids().size() == 4);
            List<ProcessTree.Node> nodes = tree.containment().members();
            assertThat(nodes.get(0).parentPid())
                    .isEqualTo(ProcessHandle.current().pid());
            for (ProcessTree.Node node : nodes.subList(1, 4)) {
                assertThat(nodes).extracting(ProcessTree.Node::pid).contains(node.parentPid());
            }
            List<Long> pids = tree.memberPids();
            tree.containment().kill();
            tree.awaitEmpty();
            awaitGone(pids);
        }
    }

    @Test
    void aGrandchildWhoseParentHasEndedIsStillInside() throws Exception {
        try (Tree tree = bench().start(new WindowsPrograms().leavesDetached())) {
            long orphan = tree.printedPids(1).get(0);
            assertThat(tree.awaitExit()).isEqualTo(new ExitStatus.Exited(0));
            assertThat(tree.memberPids()).containsExactly(orphan);
            tree.containment().kill();
            tree.awaitEmpty();
            awaitGone(List.of(orphan));
        }
    }

    @Test
    void nobodyBreaksAway() throws Exception {
        // ERROR_ACCESS_DENIED
        assertThat(new String(bench().bytesOf(breakaway()), StandardCharsets.UTF_8).strip())
                .isEqualTo("refused 5");
    }

    private static Request breakaway() throws WindowsException {
        return Request.of(JavaChild.command("breakaway", SystemFolders.program("ping.exe")));
    }

    @Test
    void whoeverMayBreaksAwayAndIsNoMemberAndLivesOn() throws Exception {
        Request request = breakaway().stdin(new Stream.Piped()).allowingBreakaway();
        ProcessHandle gone;
        try (Tree tree = bench().start(request)) {
            // Flags and limits are set by one call: changed limits must not take the leave back.
            tree.containment().updateLimits(Limits.none());
            tree.leader().stdin().orElseThrow().close();
            gone = ProcessHandle.of(tree.printedPids(1).get(0)).orElseThrow();
            assertThat(tree.memberPids()).contains(tree.leader().pid()).doesNotContain(gone.pid());
            assertThat(tree.containment().lastResort())
                    .hasValueSatisfying(reason -> assertThat(reason).startsWith("skipped: processes may leave"));
            tree.awaitEmpty();
        }
        try {
            close();
            assertThat(gone.isAlive()).as("after the job and the manager's").isTrue();
        } finally {
            gone.destroyForcibly();
            await().until(() -> !gone.isAlive());
        }
    }

    /** As unsigned numbers some are too great for an int, which holds the same 32 bits. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 256, 65_536, Integer.MAX_VALUE, -1, 0xc0000005})
    void exitCodesHave32Bits(int code) throws Exception {
        try (Tree tree = bench().start(List.of("cmd.exe", "/d", "/c", "exit", Integer.toString(code)))) {
            assertThat(tree.awaitExit()).isEqualTo(new ExitStatus.Exited(code));
        }
    }

    @Test
    void manyStartsAtOnceLeaveNoHandles() throws Exception {
        storm(1);
        int before = OpenHandles.count();
        storm(RUNS_OF_EACH);
        await().untilAsserted(() -> assertThat(OpenHandles.count()).isLessThan(before + FEW_HANDLES));
    }

    private void storm(int runs) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                all.add(callers.submit(() -> {
                    for (int run = 0; run < runs; run++) {
                        runOnce(bench());
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get(2, TimeUnit.MINUTES);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private static void runOnce(Bench bench) throws Exception {
        Request request =
                Request.of(List.of("cmd.exe", "/d", "/c", "echo", "x")).stdin(new Stream.Piped());
        assertThat(bench.bytesOf(request)).asString().isEqualTo("x\r\n");
    }
}

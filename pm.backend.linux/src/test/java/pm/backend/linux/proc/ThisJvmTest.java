package pm.backend.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import pm.api.ProcessTree;

@EnabledOnOs(OS.LINUX)
class ThisJvmTest {
    private final long pid = ProcessHandle.current().pid();

    @Test
    void statIsTheOneThatTheJdkSees() {
        ProcessStat stat = ProcFiles.stat(pid).orElseThrow();

        assertThat(stat.pid()).isEqualTo(pid);
        assertThat(stat.parentPid())
                .isEqualTo(
                        ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L));
        assertThat(stat.identity().isAlive()).isTrue();
        assertThat(new ProcessIdentity(pid, stat.startTicks() - 1).isAlive()).isFalse();
    }

    @Test
    void nodeHasCommandAndStartTime() {
        List<ProcessTree.Node> nodes = TreeNodes.ofPids(pid, List.of(pid));

        assertThat(nodes).hasSize(1);
        assertThat(nodes.get(0).command()).contains("java");
        assertThat(nodes.get(0).startTime().orElseThrow())
                .isCloseTo(ProcessHandle.current().info().startInstant().orElseThrow(), within(1, ChronoUnit.SECONDS));
    }

    @Test
    void descendantsOfOurParentIncludeUs() {
        long parent = ProcFiles.stat(pid).orElseThrow().parentPid();

        assertThat(Descendants.of(parent)).extracting(ProcessStat::pid).contains(pid);
    }

    @Test
    void aProcessThatIsGoneGivesNothing() {
        // One above the highest pid that Linux can give on 64 bits (proc_sys_kernel(5): PID_MAX_LIMIT is 2^22).
        long nobody = (1 << 22) + 1;

        assertThat(ProcFiles.stat(nobody)).isEmpty();
        assertThat(ProcFiles.environment(nobody, Set.of("A=b"))).isEmpty();
        assertThat(TreeNodes.ofPids(nobody, List.of(nobody))).isEmpty();
    }

    @Test
    void processesAreFoundByVariablesAndStart() {
        Map.Entry<String, String> variable =
                System.getenv().entrySet().iterator().next();
        Set<String> mark = Set.of(variable.getKey() + "=" + variable.getValue());
        long started = ProcFiles.stat(pid).orElseThrow().startTicks();

        assertThat(MarkedProcesses.find(mark, started))
                .extracting(ProcessStat::pid)
                .contains(pid);
        assertThat(MarkedProcesses.find(mark, started + 1))
                .extracting(ProcessStat::pid)
                .doesNotContain(pid);
        assertThat(MarkedProcesses.find(Set.of("PM_NOBODY_SETS_THIS=1"), 0)).isEmpty();
    }

    @Test
    void aJvmDoesNotIgnoreTheEndOfItsChildrenUnlessItWasStartedSo() {
        int sigchld = 17;

        assertThat(SignalDispositions.ofThisJvm().ignores(sigchld)).isFalse();
    }
}

package pm.backend.linux.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pm.api.Capabilities;
import pm.api.Capabilities.Level;
import pm.api.ExitStatus;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.backend.linux.launcher.Piped;
import pm.backend.linux.launcher.Requests;
import pm.backend.linux.launcher.Workbench;
import pm.spi.BackendException;
import pm.spi.Containment;
import pm.spi.NativeProcess;

class SupervisionLimitsTest {
    private static final String TEN_SLEEPERS = "for i in 1 2 3 4 5 6 7 8 9 10; do sleep 1000 & done; wait";

    private final Queue<LimitViolation> violations = new ConcurrentLinkedQueue<>();
    private Workbench bench;
    private Supervision supervision;
    private Containment tree;

    @BeforeEach
    void open() throws Exception {
        bench = new Workbench();
        supervision = new Supervision(Workbench.INSTANCE, bench.launching(), bench.exits(), bench.warnings()::add);
    }

    @AfterEach
    void close() throws Exception {
        tree.kill();
        await().until(() -> supervision.helperPids().isEmpty());
        assertThat(bench.warnings()).isEmpty();
        bench.close();
    }

    private NativeProcess start(String script, Limits limits) throws Exception {
        tree = supervision.contain("1", limits, violations::add);
        return tree.start(Requests.quietShell(script));
    }

    @Test
    void tooManyProcessesAreTold() throws Exception {
        start(TEN_SLEEPERS, Limits.none().processes(5));
        await().until(() -> !violations.isEmpty());
        assertThat(violations.peek().kind()).isEqualTo(LimitKind.PROCESSES);
        assertThat(violations.peek().times()).isEqualTo(1);
        assertThat(violations.peek().detail()).matches("([6-9]|1[01]) processes were alive, 5 are allowed");
        assertThat(tree.violations()).containsExactly(violations.peek());
    }

    @Test
    void theNumberCanBeChangedWhileTheTreeRuns() throws Exception {
        start(TEN_SLEEPERS, Limits.none());
        await().until(() -> tree.members().size() == 11);
        assertThat(tree.usage().processes()).hasValue(11);
        tree.updateLimits(Limits.none().processes(11));
        tree.updateLimits(Limits.none().processes(10));
        await().until(() -> !violations.isEmpty());
        // The eleven that were allowed first were no violation.
        assertThat(violations.peek().detail()).isEqualTo("11 processes were alive, 10 are allowed");
    }

    @Test
    void whatIsBornWithTheProcessesIsNotChanged() throws Exception {
        start("exec sleep 1000", Limits.none());
        Limits both = Limits.none().processes(1).memory(1, Limits.GIB);
        assertThatThrownBy(() -> tree.updateLimits(both))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("Could not change memory")
                .hasMessageContaining("nothing was changed");
    }

    /** Each process may have that much address space; one that wants more is refused it, and lives on. */
    @Test
    void memoryIsAddressSpaceOfEachProcess() throws Exception {
        tree = supervision.contain("1", Limits.none().memory(300, Limits.MIB), violations::add);
        NativeProcess python = tree.start(Requests.of(
                "python3",
                "-c",
                "for size in (50, 500):\n  try: print(size, len(bytearray(size << 20)) >> 20)\n  except MemoryError:"
                        + " print(size, 'refused')"));
        assertThat(Piped.text(python.stdout().orElseThrow())).isEqualTo("50 50\n500 refused\n");
        assertThat(Piped.text(python.stderr().orElseThrow())).isEmpty();
        assertThat(python.exit().toCompletableFuture().get(60, TimeUnit.SECONDS))
                .isEqualTo(new ExitStatus.Exited(0));
        assertThat(tree.violations()).isEmpty();
    }

    @Test
    void theSmallerOfBothLimitsOfAddressSpaceHolds() throws Exception {
        Limits limits = Limits.none().memory(1, Limits.GIB).processMemory(300, Limits.MIB);
        tree = supervision.contain("1", limits, violations::add);
        NativeProcess shell = tree.start(Requests.shell("ulimit -v; ulimit -Hv"));
        assertThat(Piped.text(shell.stdout().orElseThrow())).isEqualTo("307200\n307200\n");
        shell.stderr().orElseThrow().close();
    }

    @Test
    void theMemoryInUseIsSummedUp() throws Exception {
        tree = supervision.contain("1", Limits.none(), violations::add);
        NativeProcess python =
                tree.start(Requests.of("python3", "-c", "import time; x = bytearray(100 << 20); time.sleep(1000)"));
        await().until(() -> tree.usage().memoryBytes().orElse(0) > 100 << 20);
        assertThat(tree.usage().memoryBytes().orElseThrow()).isLessThan(200 << 20);
        python.stdout().orElseThrow().close();
        python.stderr().orElseThrow().close();
    }

    @Test
    void whatItTakesACgroupForIsUnsupportedWithTheReason() {
        tree = supervision.contain("1", Limits.none(), violations::add);
        Capabilities capabilities = SupervisionLimits.capabilities("there is none");
        assertThat(capabilities.of(LimitKind.CPUS).level()).isEqualTo(Level.UNSUPPORTED);
        assertThat(capabilities.of(LimitKind.CPUS).reason()).endsWith("there is none");
        assertThat(capabilities.of(LimitKind.MEMORY).level()).isEqualTo(Level.APPROXIMATED);
        assertThat(capabilities.of(LimitKind.PROCESSES).level()).isEqualTo(Level.APPROXIMATED);
        assertThat(capabilities.of(LimitKind.OPEN_FILES).level()).isEqualTo(Level.ENFORCED);
        assertThat(capabilities.of(LimitKind.PROCESS_MEMORY).level()).isEqualTo(Level.ENFORCED);
        assertThat(capabilities.of(LimitKind.AFFINITY).level()).isEqualTo(Level.APPROXIMATED);
    }
}

package pm.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pm.api.Capabilities;
import pm.api.Capabilities.Level;
import pm.api.Cause;
import pm.api.ExitStatus;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.api.ManagedProcess;
import pm.api.ProcessEvent;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Stdio;
import pm.api.UnsupportedLimitException;

/** A limit is held, as the operating system shows, or refused with the reason. Which of the two, the capabilities say beforehand. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {OpenManager.CGROUP, OpenManager.SUPERVISION})
class LimitsIT extends OpenManager {
    /** Takes 300 MB when it is told to, by a line. */
    private static final String HOG = "input(); x = bytearray(300_000_000); print(len(x))";

    /** Forks 60 times, tells how often that worked, and waits with its children for the end. */
    private static final String FORKS = """
            import os, signal
            forked = 0
            for i in range(60):
                try:
                    if os.fork() == 0:
                        signal.pause()
                    forked += 1
                except OSError:
                    pass
            print(forked, flush=True)
            signal.pause()
            """;

    @TempDir
    Path folder;

    LimitsIT(String containment) {
        super(containment);
    }

    private Level level(LimitKind kind) {
        return manager.capabilities().of(kind).level();
    }

    private boolean holds(Limits limits) {
        return limits.kinds().stream().allMatch(kind -> level(kind) == Level.ENFORCED);
    }

    private static ProcessSpec python(String program) {
        return ProcessSpec.of("python3", "-c", program);
    }

    @ParameterizedTest
    @EnumSource
    void everyKindIsHeldOrRefused(LimitSample sample) throws Exception {
        if (holds(sample.limits())) {
            ProcessResult result =
                    manager.run(sample.program().limits(sample.limits()).stdout(Stdio.capture(1, Stdio.KIB)));
            assertThat(result.isSuccess()).as(result::toString).isTrue();
            assertThat(sample.isShown(result.stdout().orElseThrow().text()))
                    .as("shown by the system: " + result.stdout().orElseThrow().text())
                    .isTrue();
            assertThat(result.limits()).isEqualTo(sample.limits());
            assertThat(result.warnings()).isEmpty();
        } else {
            assertRefused(sample);
            assertRunsWithBestEffort(sample);
        }
    }

    private void assertRefused(LimitSample sample) {
        Path witness = folder.resolve("witness");
        ProcessSpec spec = ProcessSpec.of("touch", witness.toString()).limits(sample.limits());
        assertThatThrownBy(() -> manager.spawn(spec))
                .isInstanceOf(UnsupportedLimitException.class)
                .hasMessageContaining(sample.kind().label())
                .hasMessageContaining(manager.capabilities().of(sample.kind()).reason());
        assertThat(witness).doesNotExist();
        assertThat(manager.metrics().spawned()).isZero();
        assertThat(manager.metrics().spawnFailures()).containsEntry("UnsupportedLimitException", 1L);
    }

    private void assertRunsWithBestEffort(LimitSample sample) throws InterruptedException {
        ProcessResult result =
                manager.run(ProcessSpec.of("true").limits(sample.limits().bestEffort(true)));
        assertThat(result.isSuccess()).as(result::toString).isTrue();
        assertThat(result.warnings())
                .anyMatch(warning -> warning.startsWith(sample.kind().label() + " is "));
        assertThat(result.limits().kinds().contains(sample.kind()))
                .isEqualTo(level(sample.kind()) == Level.APPROXIMATED);
    }

    @Test
    void theKernelHoldsTheTreeWhereThisHostsControllersAreOurs() {
        boolean version1IsOurs = Files.isWritable(Path.of("/sys/fs/cgroup/memory/cgroup.procs"))
                && !Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
        for (LimitKind kind : List.of(LimitKind.MEMORY, LimitKind.CPUS, LimitKind.PROCESSES)) {
            Capabilities.Support support = manager.capabilities().of(kind);
            assertThat(support.reason()).as(kind.label()).isNotBlank();
            if (containment().equals(SUPERVISION)) {
                assertThat(support.level()).as(kind + ": " + support.reason()).isNotEqualTo(Level.ENFORCED);
            } else if (version1IsOurs) {
                assertThat(support.level()).as(kind + ": " + support.reason()).isEqualTo(Level.ENFORCED);
            }
        }
    }

    @Test
    void wantOfMemory() throws Exception {
        switch (level(LimitKind.MEMORY)) {
            case ENFORCED -> outOfMemoryIsTheCauseAndNamesTheVictim();
            case APPROXIMATED -> memoryThatIsOnlyApproximatedHoldsForEachProcess();
            default -> assertRefused(LimitSample.MEMORY);
        }
    }

    @Test
    void tooManyProcesses() throws Exception {
        switch (level(LimitKind.PROCESSES)) {
            case ENFORCED -> forksBeyondTheLimitAreRefusedAndCounted();
            case APPROXIMATED -> aCountThatIsOnlySampledEndsTheTree();
            default -> assertRefused(LimitSample.PROCESSES);
        }
    }

    private void outOfMemoryIsTheCauseAndNamesTheVictim() throws Exception {
        Limits limits = Limits.none().memory(48, Limits.MIB);
        BlockingQueue<ProcessEvent> events = new LinkedBlockingQueue<>();
        manager.listen(events::add);
        ProcessResult result = manager.run(python(HOG).limits(limits).stdin(Stdio.from("\n")));

        assertThat(result.cause()).isEqualTo(Cause.OUT_OF_MEMORY);
        assertThat(result.exit()).isEqualTo(new ExitStatus.Signalled(9, false));
        assertThat(result.cleanup().proven()).isTrue();
        LimitViolation violation = result.violations().stream()
                .filter(met -> met.kind() == LimitKind.MEMORY)
                .findFirst()
                .orElseThrow();
        assertThat(violation.times()).isPositive();
        assertThat(violation.victim()).hasValueSatisfying(victim -> {
            assertThat(victim.pid()).isEqualTo(result.pid());
            assertThat(victim.command()).contains("python3");
        });
        assertThat(manager.metrics().limitViolations()).containsEntry(LimitKind.MEMORY, 1L);
        Awaitility.await().until(() -> events.stream().anyMatch(ProcessEvent.CleanedUp.class::isInstance));
        assertThat(events)
                .filteredOn(ProcessEvent.LimitViolated.class::isInstance)
                .isNotEmpty();
    }

    private void forksBeyondTheLimitAreRefusedAndCounted() throws Exception {
        Limits limits = Limits.none().processes(20);
        try (ManagedProcess process = manager.spawn(python(FORKS).limits(limits).stdout(Stdio.pipe()))) {
            assertThat(process.asProcess().inputReader().readLine()).isEqualTo("19");
            assertThat(process.tree().nodes()).hasSize(20);
            assertThat(process.usage().processes()).hasValue(20);
            ProcessResult result = process.stop().get(60, TimeUnit.SECONDS);
            assertThat(result.violations()).singleElement().satisfies(met -> {
                assertThat(met.kind()).isEqualTo(LimitKind.PROCESSES);
                assertThat(met.times()).isGreaterThanOrEqualTo(41);
            });
        }
    }

    private void aCountThatIsOnlySampledEndsTheTree() throws Exception {
        ProcessResult result =
                manager.run(python(FORKS).limits(Limits.none().processes(20).bestEffort(true)));
        assertThat(result.cause()).isEqualTo(Cause.PROCESSES);
        assertThat(result.cleanup().proven()).isTrue();
        assertThat(result.violations()).extracting(LimitViolation::kind).containsExactly(LimitKind.PROCESSES);
    }

    private void memoryThatIsOnlyApproximatedHoldsForEachProcess() throws Exception {
        ProcessResult result = manager.run(python(HOG)
                .limits(Limits.none().memory(200, Limits.MIB).bestEffort(true))
                .stdin(Stdio.from("\n"))
                .stderr(Stdio.capture(64, Stdio.KIB)));
        assertThat(result.cause()).isEqualTo(Cause.EXITED);
        assertThat(result.stderr().orElseThrow().text()).contains("MemoryError");
        assertThat(result.warnings()).anyMatch(warning -> warning.startsWith("memory is limited approximately only"));
    }

    @Test
    void limitsOfARunningTreeAreChanged() throws Exception {
        Limits wide = Limits.none().memory(1, Limits.GIB);
        Limits narrow = Limits.none().memory(48, Limits.MIB);
        boolean held = holds(wide);
        ProcessSpec spec = python(HOG).limits(held ? wide : Limits.none()).stdin(Stdio.pipe());
        try (ManagedProcess process = manager.spawn(spec)) {
            if (held) {
                process.updateLimits(narrow);
                assertThat(process.limits()).isEqualTo(narrow);
                process.stdin().write("go\n".getBytes(StandardCharsets.UTF_8));
                process.stdin().flush();
                ProcessResult result = process.await();
                assertThat(result.cause()).isEqualTo(Cause.OUT_OF_MEMORY);
                assertThat(result.limits()).isEqualTo(narrow);
                process.updateLimits(wide);
            } else {
                assertThatThrownBy(() -> process.updateLimits(narrow)).isInstanceOf(UnsupportedLimitException.class);
                assertThat(process.limits()).isEqualTo(Limits.none());
            }
        }
    }

    @Test
    void whatATreeUsesIsKnownWhileItRunsAndAfterTheShortestLife() throws Exception {
        try (ManagedProcess process =
                manager.spawn(ProcessSpec.of("sh", "-c", "while :; do :; done").stdout(Stdio.pipe()))) {
            Awaitility.await().until(() -> process.usage().cpu().toMillis() >= 100);
        }
        Limits limits = Limits.none().memory(48, Limits.MIB);
        boolean counted = holds(limits);
        for (int round = 0; round < 20; round++) {
            ProcessResult result = manager.run(ProcessSpec.of("true").limits(counted ? limits : Limits.none()));
            assertThat(result.usage().cpu()).isPositive();
            if (counted) {
                // What getrusage(2) says of one process is too coarse for so short a life, and may be 0.
                assertThat(result.usage().peakMemoryBytes().orElse(0)).isPositive();
            }
        }
    }
}

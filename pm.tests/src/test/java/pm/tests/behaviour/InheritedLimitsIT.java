package pm.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import pm.api.Capabilities.Level;
import pm.api.Cause;
import pm.api.ExitStatus;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.api.ManagedProcess;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.SpawnException;
import pm.api.Stdio;
import pm.api.UnsupportedLimitException;

/** Limits that each process is born with, whatever holds the tree. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {OpenManager.CGROUP, OpenManager.SUPERVISION})
class InheritedLimitsIT extends OpenManager {
    InheritedLimitsIT(String containment) {
        super(containment);
    }

    @Test
    void whatEachProcessIsBornWithIsHeldOnEveryHostButForWhatItMayTakeBack() {
        assertThat(LimitKind.values())
                .filteredOn(LimitKind::isInherited)
                .hasSize(7)
                .allSatisfy(kind -> assertThat(manager.capabilities().of(kind).level())
                        .isEqualTo(kind == LimitKind.AFFINITY ? Level.APPROXIMATED : Level.ENFORCED));
    }

    @Test
    void aProcessThatWantsMoreMemoryThanItMayHaveIsRefusedIt() throws Exception {
        ProcessSpec hog = ProcessSpec.of("python3", "-c", "print(len(bytearray(300_000_000)))")
                .stderr(Stdio.capture(64, Stdio.KIB));
        ProcessResult refused = manager.run(hog.limits(Limits.none().processMemory(200, Limits.MIB)));
        assertThat(refused.cause()).isEqualTo(Cause.EXITED);
        assertThat(refused.exit()).isEqualTo(new ExitStatus.Exited(1));
        assertThat(refused.stderr().orElseThrow().text()).contains("MemoryError");
        assertThat(refused.warnings()).isEmpty();
        assertThat(manager.run(hog.limits(Limits.none().processMemory(1, Limits.GIB)))
                        .isSuccess())
                .isTrue();
    }

    @Test
    void everyProcessRunsOnTheCpusThatWereNamed() throws Exception {
        LimitSample sample = LimitSample.AFFINITY;
        ProcessResult result = manager.run(
                sample.program().limits(sample.limits().bestEffort(true)).stdout(Stdio.capture(1, Stdio.KIB)));
        assertThat(sample.isShown(result.stdout().orElseThrow().text()))
                .as(result.stdout().orElseThrow().text())
                .isTrue();
        assertThat(result.limits()).isEqualTo(sample.limits().bestEffort(true));
    }

    @Test
    void cpusThatAreNotThereFailTheStart() {
        ProcessSpec spec =
                ProcessSpec.of("true").limits(Limits.none().affinity(62).bestEffort(true));
        assertThatThrownBy(() -> manager.spawn(spec))
                .isInstanceOf(SpawnException.class)
                .hasMessageContaining("Could not start 'true': cannot limit affinity to CPUs {62}");
    }

    @Test
    void whatAProcessIsBornWithIsNotChanged() {
        try (ManagedProcess process = manager.spawn(ProcessSpec.of("sleep", "1000"))) {
            for (LimitKind kind : List.of(
                    LimitKind.PROCESS_MEMORY,
                    LimitKind.AFFINITY,
                    LimitKind.OPEN_FILES,
                    LimitKind.NICE,
                    LimitKind.OOM_SCORE_ADJ)) {
                assertThatThrownBy(() -> process.updateLimits(Limits.none().with(kind, 10)))
                        .isInstanceOf(UnsupportedLimitException.class)
                        .hasMessageContaining(kind.label());
            }
        }
    }
}

package pm.tests.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import pm.api.Capabilities.Level;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.UnsupportedLimitException;

/** Every kind of limit is held, or refused with the reason and nothing started. */
class RefusedLimitsIT extends ManagerHere {
    static Stream<LimitKind> refused() {
        return Stream.of(LimitKind.values()).filter(kind -> Mode.current().level(kind) != Level.ENFORCED);
    }

    private static Limits limits(LimitKind kind) {
        return Limits.none()
                .with(
                        kind,
                        switch (kind) {
                            case MEMORY, PROCESS_MEMORY -> 256 * Limits.MIB;
                            case AFFINITY -> 1;
                            case SWAP, CORE_SIZE -> 0;
                            case CPUS, CPU_WEIGHT, OOM_SCORE_ADJ -> 500;
                            case PROCESSES, OPEN_FILES -> 50;
                            case READ_BANDWIDTH, WRITE_BANDWIDTH, FILE_SIZE -> Limits.MIB;
                            case READ_OPERATIONS, WRITE_OPERATIONS -> 1000;
                            case NICE -> 5;
                        });
    }

    @ParameterizedTest(allowZeroInvocations = true) // root in a group that hands on all controllers can do it all
    @MethodSource("refused")
    void refusedWithTheReasonAndNothingStarted(LimitKind kind, @TempDir Path folder) {
        Path witness = folder.resolve("started");
        ProcessSpec spec = ProcessSpec.of("touch", witness.toString()).limits(limits(kind));
        assertThatThrownBy(() -> manager.spawn(spec))
                .isInstanceOf(UnsupportedLimitException.class)
                .hasMessageContaining(kind.label())
                .hasMessageContaining(manager.capabilities().of(kind).reason());
        assertThat(witness).doesNotExist();
        assertThat(manager.active()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(LimitKind.class)
    void bestEffortRunsAndWarnsOfWhatIsNotHeld(LimitKind kind, @TempDir Path folder) throws Exception {
        Path witness = folder.resolve("started");
        ProcessResult result = manager.run(
                ProcessSpec.of("touch", witness.toString()).limits(limits(kind).bestEffort(true)));
        assertThat(result.isSuccess()).as(result::toString).isTrue();
        assertThat(Files.exists(witness)).isTrue();
        if (mode.level(kind) == Level.ENFORCED) {
            assertThat(result.warnings()).isEmpty();
            assertThat(result.limits().kinds()).containsExactly(kind);
        } else {
            assertThat(result.warnings()).anyMatch(warning -> warning.contains(kind.label()));
        }
    }
}

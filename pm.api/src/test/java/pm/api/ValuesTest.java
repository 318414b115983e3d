package pm.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValuesTest {
    private static ProcessResult result(Cause cause, ExitStatus exit, CleanupReceipt cleanup) {
        return new ProcessResult(
                "i1",
                "p1",
                42,
                List.of("make"),
                cause,
                exit,
                Instant.EPOCH,
                Duration.ofSeconds(1),
                ResourceUsage.NONE,
                Limits.none(),
                List.of(),
                cleanup,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    @Test
    void aResultThrowsByWhatWentWrong() {
        ExitStatus zero = new ExitStatus.Exited(0);
        CleanupReceipt clean = CleanupReceipt.NOTHING_TO_DO;
        assertThatCode(() -> result(Cause.EXITED, zero, clean).orThrow()).doesNotThrowAnyException();
        assertThatThrownBy(() ->
                        result(Cause.EXITED, new ExitStatus.Exited(3), clean).orThrow())
                .isInstanceOf(ProcessFailedException.class)
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("pid 42")
                .hasMessageContaining("make")
                .hasMessageContaining("instance i1")
                .hasMessageContaining("1970-01-01")
                .hasMessageContaining("parent " + ProcessHandle.current().pid());
        assertThatThrownBy(() -> result(Cause.IDLE, zero, clean).orThrow()).isInstanceOf(ProcessTimeoutException.class);
        assertThatThrownBy(() -> result(Cause.EXITED, zero, new CleanupReceipt(List.of(), false, List.of()))
                        .orThrow())
                .isInstanceOf(CleanupException.class);
    }

    @Test
    void shellCodes() {
        assertThat(new ExitStatus.Exited(7).shellCode()).isEqualTo(7);
        assertThat(new ExitStatus.Signalled(15, false).shellCode()).isEqualTo(143);
        assertThat(new ExitStatus.Unknown("lost").shellCode()).isEqualTo(255);
    }

    @Test
    void signalsByName() {
        assertThat(Signal.parse("sigterm")).isEqualTo(Signal.TERM);
        assertThat(Signal.parse("INT")).isEqualTo(Signal.INT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Signal.parse("NOPE"))
                .withMessageContaining("TERM");
    }

    @Test
    void limitsAreChecked() {
        assertThat(Limits.none().memory(2, Limits.GIB).cpus(1.5).processes(3).kinds())
                .containsExactly(LimitKind.MEMORY, LimitKind.CPUS, LimitKind.PROCESSES);
        assertThatIllegalArgumentException().isThrownBy(() -> Limits.none().cpus(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Limits.none().cpus(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> Limits.none().memory(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Limits.none().processes(0));
    }

    @Test
    void limitsOfEachProcess() {
        Limits limits = Limits.none().processMemory(3, Limits.MIB).affinity(0, 2, 62, 2);
        assertThat(limits.amounts())
                .containsExactly(
                        Map.entry(LimitKind.PROCESS_MEMORY, 3L << 20),
                        Map.entry(LimitKind.AFFINITY, 1L | 1L << 2 | 1L << 62));
        assertThat(limits.kinds()).allMatch(LimitKind::isInherited);
        assertThatIllegalArgumentException().isThrownBy(() -> Limits.none().processMemory(0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limits.none().affinity())
                .withMessage("Could not limit affinity to no CPU: name at least one");
        for (int wrong : new int[] {-1, 63, 64, Integer.MAX_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Limits.none().affinity(0, wrong))
                    .withMessage("Could not limit affinity to CPU " + wrong + ": use 0 to 62");
        }
    }

    @Test
    void capabilitiesAnswerForEveryKind() {
        Capabilities nothing = new Capabilities(Map.of());
        assertThat(nothing.of(LimitKind.MEMORY).level()).isEqualTo(Capabilities.Level.UNSUPPORTED);
        assertThat(nothing.of(LimitKind.MEMORY).reason()).isNotBlank();
    }

    @Test
    void capturedOutputIsCopied() {
        byte[] bytes = "abc".getBytes(StandardCharsets.UTF_8);
        CapturedOutput output = new CapturedOutput(bytes, 5);
        bytes[0] = 'x';
        output.bytes()[1] = 'x';
        assertThat(output.text()).isEqualTo("abc");
        assertThat(output.isTruncated()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void everySettingHasNamesAndADefaultThatParses(Setting setting) {
        assertThat(setting.variable()).matches("PM_[A-Z_]+");
        assertThat(setting.property()).isEqualTo("pm." + setting.key());
        assertThat(setting.description()).isNotBlank();
        setting.defaultText()
                .ifPresent(text -> assertThat(setting.type().parse(text)).isNotNull());
    }

    @Test
    void theNamesAndDefaultsThatScriptsRelyOn() {
        assertThat(Setting.MAX_PROCESSES.variable()).isEqualTo("PM_MAX_PROCESSES");
        assertThat(Setting.MAX_PROCESSES.defaultText()).contains("100");
        assertThat(Setting.DEFAULT_TIMEOUT.variable()).isEqualTo("PM_DEFAULT_TIMEOUT");
        assertThat(Setting.DEFAULT_TIMEOUT.defaultText()).contains("300s");
        assertThat(Setting.CLEANUP_INTERVAL.variable()).isEqualTo("PM_CLEANUP_INTERVAL");
        assertThat(Setting.CLEANUP_INTERVAL.defaultText()).contains("60s");
        assertThat(Setting.GRACEFUL_TIMEOUT.variable()).isEqualTo("PM_GRACEFUL_TIMEOUT");
        assertThat(Setting.GRACEFUL_TIMEOUT.defaultText()).contains("5s");
    }

    @Test
    void withoutACoreTheEntrySaysWhatToAdd() {
        assertThatThrownBy(() -> ProcessManagers.open(PmApi.VERSION))
                .isInstanceOf(NoBackendException.class)
                .hasMessageContaining("pm.core");
    }

    /** On Windows a crash is an exit code, too. */
    @Test
    void exitCodesOfCrashesHaveNames() {
        assertThat(new ExitStatus.Exited(0xc0000005))
                .hasToString("exit code 3221225477 (0xc0000005, access violation)");
        assertThat(new ExitStatus.Exited(-1)).hasToString("exit code 4294967295 (0xffffffff)");
        assertThat(new ExitStatus.Exited(259)).hasToString("exit code 259");
    }
}

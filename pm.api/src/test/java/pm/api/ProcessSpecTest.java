package pm.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessSpecTest {
    private static final ProcessSpec SPEC = ProcessSpec.of("login", "--password", "secret");

    @Test
    void everyMethodGivesAChangedCopyAndLeavesTheFirstAlone() {
        ProcessSpec full = SPEC.in(Path.of("/tmp"))
                .env("A", "1")
                .env(Map.of("B", "2"))
                .unsetEnv("C")
                .clearEnv()
                .timeout(Duration.ofSeconds(1))
                .idleTimeout(Duration.ofSeconds(2))
                .cpuTime(Duration.ofSeconds(3))
                .limits(Limits.none().processes(4))
                .stopPolicy(StopPolicy.defaults().signal(Signal.INT))
                .stdin(Stdio.inherit())
                .stdout(Stdio.pipe())
                .stderr(Stdio.merge())
                .label("me")
                .descendants(Descendants.WAIT)
                .noNewPrivileges()
                .allowBreakaway();

        assertThat(full.directory()).contains(Path.of("/tmp"));
        assertThat(full.env()).isEqualTo(Map.of("A", "1", "B", "2"));
        assertThat(full.unsetEnv()).containsExactly("C");
        assertThat(full.inheritsEnv()).isFalse();
        assertThat(full.timeout()).contains(Duration.ofSeconds(1));
        assertThat(full.idleTimeout()).contains(Duration.ofSeconds(2));
        assertThat(full.cpuTime()).contains(Duration.ofSeconds(3));
        assertThat(full.limits().amount(LimitKind.PROCESSES)).hasValue(4);
        assertThat(full.stopPolicy().signal()).isEqualTo(Signal.INT);
        assertThat(full.stdin()).isEqualTo(Stdio.inherit());
        assertThat(full.stdout()).isEqualTo(Stdio.pipe());
        assertThat(full.stderr()).isEqualTo(Stdio.merge());
        assertThat(full.label()).contains("me");
        assertThat(full.descendants()).isEqualTo(Descendants.WAIT);
        assertThat(full.hasNoNewPrivileges()).isTrue();
        assertThat(full.label("a copy").allowsBreakaway()).isTrue();

        assertThat(SPEC.env()).isEmpty();
        assertThat(SPEC.inheritsEnv()).isTrue();
        assertThat(SPEC.timeout()).isEmpty();
        assertThat(SPEC.stdout()).isEqualTo(Stdio.discard());
        assertThat(SPEC.descendants()).isEqualTo(Descendants.END);
        assertThat(SPEC.allowsBreakaway()).isFalse();
    }

    @Test
    void theLastWordAboutTheTimeoutHolds() {
        assertThat(SPEC.timeout(Duration.ofSeconds(1)).noTimeout().timeout()).isEmpty();
        assertThat(SPEC.noTimeout().timeout(Duration.ofSeconds(1)).isTimeoutDisabled())
                .isFalse();
    }

    @Test
    void maskedWordsAreNeverShown() {
        ProcessSpec masked = SPEC.mask(2);
        assertThat(masked.shownCommand()).isEqualTo(List.of("login", "--password", "***"));
        assertThat(masked).hasToString("login --password ***");
        assertThat(masked.command()).endsWith("secret");
        assertThatThrownBy(() -> SPEC.mask(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void refusesWhatNoSystemCallCanCarry() {
        assertThatIllegalArgumentException().isThrownBy(() -> ProcessSpec.of());
        assertThatIllegalArgumentException().isThrownBy(() -> ProcessSpec.of(""));
        assertThatIllegalArgumentException().isThrownBy(() -> ProcessSpec.of("a", "b\0c"));
        assertThatIllegalArgumentException().isThrownBy(() -> SPEC.env("A=B", "1"));
        assertThatIllegalArgumentException().isThrownBy(() -> SPEC.env("", "1"));
        assertThatIllegalArgumentException().isThrownBy(() -> SPEC.env("A", "1\0"));
        assertThatIllegalArgumentException().isThrownBy(() -> SPEC.timeout(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> SPEC.stdout(Stdio.merge()));
    }
}

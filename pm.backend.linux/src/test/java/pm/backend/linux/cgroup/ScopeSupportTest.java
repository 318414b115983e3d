package pm.backend.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import pm.api.Capabilities.Level;
import pm.api.Capabilities.Support;
import pm.api.LimitKind;

/** Which limits a scope can have. */
class ScopeSupportTest {
    private static Map<LimitKind, Support> of(boolean countsSwap, String... controllers) {
        return ScopeSupport.of(new RecordedScopes(), new Controllers(Set.of(controllers)), countsSwap, true);
    }

    @Test
    void whatIsDelegatedToTheUsersManagerIsHeld() {
        Map<LimitKind, Support> supports = of(true, "cpu", "memory", "pids");

        assertThat(supports.get(LimitKind.MEMORY).level()).isEqualTo(Level.ENFORCED);
        assertThat(supports.get(LimitKind.SWAP).level()).isEqualTo(Level.ENFORCED);
        assertThat(supports.get(LimitKind.CPUS).level()).isEqualTo(Level.ENFORCED);
        assertThat(supports.get(LimitKind.PROCESSES).level()).isEqualTo(Level.ENFORCED);
        assertThat(supports.get(LimitKind.READ_BANDWIDTH))
                .extracting(Support::level)
                .isEqualTo(Level.UNSUPPORTED);
    }

    @Test
    void whatIsNotDelegatedIsRefusedWithTheReason() {
        Support cpus = of(true, "memory").get(LimitKind.CPUS);

        assertThat(cpus.level()).isEqualTo(Level.UNSUPPORTED);
        assertThat(cpus.reason()).contains("cpu").contains("not delegated").contains("nobody");
    }

    @Test
    void swapMustBeCounted() {
        assertThat(of(false, "memory").get(LimitKind.SWAP).level()).isEqualTo(Level.UNSUPPORTED);
        assertThat(of(false, "memory").get(LimitKind.MEMORY).level()).isEqualTo(Level.ENFORCED);
        assertThat(of(false, "memory").get(LimitKind.MEMORY).reason()).contains("may swap");
        assertThat(of(true, "memory").get(LimitKind.MEMORY).reason()).doesNotContain("may swap");
    }
}

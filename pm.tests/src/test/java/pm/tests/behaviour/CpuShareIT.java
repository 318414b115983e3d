package pm.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;
import pm.api.Capabilities.Level;
import pm.api.Cause;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.StopPolicy;

/** Shares of the CPU, which can be told apart only when little else is at work. */
@Isolated
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class CpuShareIT extends OpenManager {
    private static final Duration TIME = Duration.ofSeconds(5);

    CpuShareIT() {
        super(CGROUP);
    }

    @Test
    void twoSpinningChildrenGetAFifthOfACpuTogether() throws Exception {
        Assumptions.assumeTrue(
                manager.capabilities().of(LimitKind.CPUS).level() == Level.ENFORCED, "CPUs are not held here");
        ProcessResult result = manager.run(ProcessSpec.of("sh", "-c", "while :; do :; done & while :; do :; done")
                .limits(Limits.none().cpus(0.2))
                .timeout(TIME)
                .stopPolicy(StopPolicy.defaults().terminateWait(Duration.ZERO)));

        assertThat(result.cause()).isEqualTo(Cause.TIMED_OUT);
        double share =
                (double) result.usage().cpu().toMillis() / result.duration().toMillis();
        // Beside other work it is less, but never so little that the limit is not met.
        assertThat(share).isBetween(0.01, 0.25);
        assertThat(result.usage().throttledShare().orElse(0)).isPositive();
        assertThat(result.violations()).extracting(LimitViolation::kind).containsExactly(LimitKind.CPUS);
    }

    @Test
    void cpuTimeIsThatOfAllTogether() throws Exception {
        ProcessResult result =
                manager.run(ProcessSpec.of("sh", "-c", "for i in 1 2 3 4; do (while :; do :; done) & done; wait")
                        .cpuTime(Duration.ofSeconds(1))
                        .timeout(Duration.ofSeconds(30)));

        assertThat(result.cause()).isEqualTo(Cause.CPU_TIME);
        assertThat(result.usage().cpu()).isBetween(Duration.ofMillis(900), Duration.ofSeconds(3));
    }
}

package pm.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pm.api.Cause;
import pm.api.ManagedProcess;
import pm.api.Overflow;
import pm.api.ProcessEvent;
import pm.api.ProcessResult;
import pm.api.ProcessTimeoutException;
import pm.api.Setting;
import pm.api.Settings;
import pm.api.SpawnException;
import pm.api.Stdio;

class DeadlinesTest extends Managed {
    @Override
    Settings settings() {
        return super.settings().with(Setting.DEFAULT_TIMEOUT, Duration.ofMillis(700));
    }

    @Test
    void theWallClockEndsATree() throws Exception {
        ProcessResult result =
                pm.run(sh("trap '' TERM; sleep 1000 & wait; sleep 1000").timeout(SHORT));
        assertThat(result.cause()).isEqualTo(Cause.TIMED_OUT);
        assertThat(result.cleanup().proven()).isTrue();
        assertThat(result.duration()).isBetween(SHORT.plus(SHORT), LONG);
        ProcessEvent.TimedOut event = event(ProcessEvent.TimedOut.class, it -> true);
        assertThat(event.limit()).isEqualTo(SHORT);
        assertThat(event.context().pid()).isEqualTo(result.pid());
        assertThat(pm.metrics().timeouts()).containsEntry(Cause.TIMED_OUT, 1L);
        assertThatThrownBy(result::orThrow).isInstanceOf(ProcessTimeoutException.class);
    }

    @Test
    void aProcessWithoutATimeoutHasTheManagers() throws Exception {
        assertThat(pm.run(sh("sleep 1000")).cause()).isEqualTo(Cause.TIMED_OUT);
    }

    @Test
    void noTimeoutIsAWarning() throws Exception {
        ProcessResult result = pm.run(sh("sleep 1").noTimeout());
        assertThat(result.cause()).isEqualTo(Cause.EXITED);
        assertThat(result.warnings()).singleElement().asString().contains("no wall clock timeout");
        assertThat(event(ProcessEvent.Warned.class, it -> true).message()).contains("no wall clock timeout");
    }

    @Test
    void silenceEndsATree() throws Exception {
        ProcessResult result = pm.run(sh("for i in 1 2 3 4 5; do echo $i; sleep 0.2; done; exec sleep 1000")
                .timeout(LONG)
                .idleTimeout(Duration.ofMillis(500))
                .stdout(Stdio.capture(100, Overflow.KEEP_HEAD)));
        assertThat(result.cause()).isEqualTo(Cause.IDLE);
        assertThat(result.stdout().orElseThrow().text()).isEqualTo("1\n2\n3\n4\n5\n");
        assertThat(result.duration()).isGreaterThan(Duration.ofMillis(1300));
    }

    @Test
    void outputThatTheCallerHasNotReadIsNoSilence() throws Exception {
        try (ManagedProcess process = pm.spawn(sh("echo full; exec sleep 1000")
                .timeout(Duration.ofSeconds(1))
                .idleTimeout(SHORT)
                .stdout(Stdio.pipe()))) {
            assertThat(process.await().cause()).isEqualTo(Cause.TIMED_OUT);
        }
    }

    @Test
    void silenceOnAPipeThatNobodyReadsIsSilence() throws Exception {
        try (ManagedProcess process =
                pm.spawn(sh("exec sleep 1000").timeout(LONG).idleTimeout(SHORT).stdout(Stdio.pipe()))) {
            assertThat(process.await().cause()).isEqualTo(Cause.IDLE);
        }
    }

    @Test
    void idleTimeoutsNeedOutputThatCanBeSeen() {
        assertThatThrownBy(() -> pm.spawn(sh("exit 0").idleTimeout(SHORT).stdout(Stdio.discard())))
                .isInstanceOf(SpawnException.class)
                .hasMessageContaining("use pipe, capture or lines");
        assertThat(pm.metrics().spawnFailures()).containsEntry("SpawnException", 1L);
        assertThat(pm.active()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"while :; do :; done", "while :; do :; done & while :; do :; done"})
    void cpuTimeEndsATree(String script) throws Exception {
        Duration limit = Duration.ofSeconds(1);
        ProcessResult result = pm.run(sh(script).timeout(LONG).cpuTime(limit));
        assertThat(result.cause()).isEqualTo(Cause.CPU_TIME);
        assertThat(event(ProcessEvent.TimedOut.class, it -> true).used()).isBetween(limit, limit.multipliedBy(2));
    }

    @Test
    void theFirstCauseWins() throws Exception {
        ProcessResult result = pm.run(sh("trap '' TERM; while :; do :; done")
                .timeout(SHORT)
                .cpuTime(Duration.ofMillis(250))
                .stopPolicy(patient().terminateWait(Duration.ofSeconds(1))));
        assertThat(result.cause()).isEqualTo(Cause.TIMED_OUT);
        assertThat(pm.metrics().timeouts()).containsOnlyKeys(Cause.TIMED_OUT);
    }
}

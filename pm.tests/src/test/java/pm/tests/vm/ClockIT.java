package pm.tests.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pm.api.Cause;
import pm.api.Health;
import pm.api.ManagedProcess;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;

/** The machine's clock is set while trees run. */
@Tag(ClockIT.TAG)
class ClockIT extends ManagerHere {
    /** The suite runs it only as root, and where no systemd runs timers by the same clock. */
    static final String TAG = "sets-clock";

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration LONG = Duration.ofSeconds(60);

    private long hours;

    /** See clock_settime(2). */
    private void setClock(long difference) throws Exception {
        long second = Instant.now().plus(Duration.ofHours(difference)).getEpochSecond();
        assertThat(manager.run(ProcessSpec.of("date", "-s", "@" + second)).isSuccess())
                .isTrue();
        hours += difference;
    }

    /** Before the manager is closed. */
    @AfterEach
    void setBack() throws Exception {
        setClock(-hours);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, -5})
    void timeoutsAndDurationsAreNotMeasuredByIt(long difference) throws Exception {
        long start = System.nanoTime();
        try (ManagedProcess process =
                manager.spawn(shell("trap '' TERM; setsid sleep 1000 & while :; do sleep 1000; done")
                        .timeout(TIMEOUT))) {
            setClock(difference);
            ProcessResult result = process.await(LONG).orElseThrow();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(TIMEOUT);
            assertThat(result.cause()).isEqualTo(Cause.TIMED_OUT);
            assertThat(result.cleanup().proven()).isTrue();
            assertThat(result.duration()).isBetween(TIMEOUT, LONG);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, -5})
    void allIsWellAfterwards(long difference) throws Exception {
        try (ManagedProcess process = manager.spawn(shell("sleep 1000 & sleep 1000"))) {
            setClock(difference);
            assertThat(manager.health().checks())
                    .filteredOn(check -> check.status() != Health.Status.OK)
                    .isEmpty();
            assertThat(process.isAlive()).isTrue();
        }
        assertThat(manager.active()).isEmpty();
    }
}

package pm.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import pm.api.Cause;
import pm.api.ErrorContext;
import pm.api.ManagedProcess;
import pm.api.ProcessEvent;
import pm.api.ProcessFailedException;
import pm.api.ProcessResult;
import pm.api.ResourceUsage;
import pm.api.Stdio;

/** Pid, start, durations and usage in the events and results of a real process: as the system and the clock know them. */
class LifeInEventsTest extends Managed {
    /** The script of a process that ignores SIGTERM and says which pid it has. */
    private static final String STUBBORN = "trap '' TERM; echo $$; while :; do sleep 0.05; done";

    @Test
    void everyEventOfAProcessHasItsPidAndItsStart() throws Exception {
        Instant before = Instant.now();
        ManagedProcess process = pm.spawn(sh(STUBBORN).label("mine").stdout(Stdio.pipe()));
        long pid = ownPid(process);
        Instant after = Instant.now();
        // Of whole ticks since boot, see proc(5), /proc/pid/stat.
        Instant start =
                ProcessHandle.of(pid).flatMap(it -> it.info().startInstant()).orElseThrow();
        process.close();

        ErrorContext spawned = event(ProcessEvent.Spawned.class, it -> true).context();
        assertThat(spawned.pid()).isEqualTo(pid).isEqualTo(process.pid());
        assertThat(spawned.startTime()).contains(process.startTime());
        assertThat(process.startTime()).isBetween(before, after).isCloseTo(start, within(5, ChronoUnit.SECONDS));
        assertThat(event(ProcessEvent.Escalated.class, it -> true).context()).isEqualTo(spawned);
        assertThat(event(ProcessEvent.Exited.class, it -> true).context()).isEqualTo(spawned);
        assertThat(event(ProcessEvent.CleanedUp.class, it -> true).context()).isEqualTo(spawned);
    }

    @Test
    void anExceptionHasThePidAndTheStartOfItsProcess() throws Exception {
        ProcessResult result = pm.run(sh("exit 3"));

        ErrorContext context = catchThrowableOfType(ProcessFailedException.class, result::orThrow)
                .context();

        assertThat(context.pid()).isEqualTo(result.pid());
        assertThat(context.startTime()).contains(result.startTime());
        assertThat(context)
                .isEqualTo(event(ProcessEvent.Spawned.class, it -> true).context());
    }

    @Test
    void durationsAreThoseOfTheLeaderOfTheTreeAndOfItsCleanup() throws Exception {
        Duration life = Duration.ofMillis(150);
        long begin = System.nanoTime();
        ManagedProcess process = pm.spawn(sh(STUBBORN).stdout(Stdio.pipe()));
        ownPid(process);
        long ready = System.nanoTime();
        while (System.nanoTime() - ready < life.toNanos()) {
            Thread.onSpinWait();
        }
        process.close();
        Duration most = Duration.ofNanos(System.nanoTime() - begin);

        // The leader dies of the kill, which is one whole wait after the signal.
        Duration exited = event(ProcessEvent.Exited.class, it -> true).duration();
        ProcessEvent.CleanedUp cleaned = event(ProcessEvent.CleanedUp.class, it -> true);
        assertThat(cleaned.cause()).isEqualTo(Cause.STOPPED);
        assertThat(exited).isBetween(life.plus(SHORT), most);
        assertThat(cleaned.duration()).isBetween(life.plus(SHORT), most);
        assertThat(cleaned.latency()).isBetween(SHORT, most.minus(life));
        assertThat(process.await().duration()).isEqualTo(cleaned.duration());
        assertThat(pm.metrics().cleanupLatency().count()).isEqualTo(1);
        assertThat(pm.metrics().cleanupLatency().max()).isEqualTo(cleaned.latency());
        assertThat(pm.metrics().spawnLatency().max()).isPositive().isLessThan(Duration.ofNanos(ready - begin));
    }

    @Test
    void theUsageOfATreeThatIsGoneIsThatOfItsResult() throws Exception {
        try (ManagedProcess process = pm.spawn(sh("i=0; while [ $i -lt 100000 ]; do i=$((i + 1)); done"))) {
            ResourceUsage used = process.await().usage();

            assertThat(used.cpuUser().plus(used.cpuSystem())).isPositive();
            assertThat(process.usage()).isEqualTo(used);
            assertThat(event(ProcessEvent.CleanedUp.class, it -> true).usage()).isEqualTo(used);
        }
    }

    private static long ownPid(ManagedProcess process) throws Exception {
        BufferedReader reader = process.asProcess().inputReader();
        return Long.parseLong(reader.readLine());
    }
}

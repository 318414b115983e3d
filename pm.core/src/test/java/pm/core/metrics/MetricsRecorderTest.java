package pm.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static pm.core.events.SampleEvents.TIME;
import static pm.core.events.SampleEvents.process;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import pm.api.Cause;
import pm.api.EscalationStep;
import pm.api.LimitKind;
import pm.api.Metrics;
import pm.api.Metrics.Trend;
import pm.api.ProcessEvent;
import pm.core.events.SampleEvents;
import pm.core.events.SettableClock;

class MetricsRecorderTest {
    private final SettableClock clock = new SettableClock();
    private final MetricsRecorder recorder = new MetricsRecorder(clock);

    @Test
    void eachKindOfEventHasItsCounter() {
        recorder.publish(SampleEvents.spawned());
        recorder.publish(SampleEvents.spawned());
        recorder.publish(new ProcessEvent.SpawnFailed(process("p1"), TIME, "CommandNotFoundException", "no file"));
        recorder.publish(SampleEvents.timedOut(TIME));
        recorder.publish(SampleEvents.limitViolated(LimitKind.MEMORY, 1, false));
        recorder.publish(SampleEvents.cleanedUp("p1", Cause.TIMED_OUT, Duration.ofMillis(3)));
        recorder.publish(SampleEvents.cleanedUp("p2", Cause.EXITED, Duration.ofMillis(1)));
        recorder.publish(SampleEvents.cleanupFailed("p3", TIME));

        Metrics metrics = recorder.snapshot(7);

        assertThat(metrics.active()).isEqualTo(7);
        assertThat(metrics.spawned()).isEqualTo(2);
        assertThat(metrics.spawnLatency().count()).isEqualTo(2);
        assertThat(metrics.spawnLatency().max()).isEqualTo(Duration.ofMillis(2));
        assertThat(metrics.spawnFailures()).isEqualTo(Map.of("CommandNotFoundException", 1L));
        assertThat(metrics.timeouts()).isEqualTo(Map.of(Cause.TIMED_OUT, 1L));
        assertThat(metrics.limitViolations()).isEqualTo(Map.of(LimitKind.MEMORY, 1L));
        assertThat(metrics.exits()).isEqualTo(Map.of(Cause.TIMED_OUT, 1L, Cause.EXITED, 1L));
        assertThat(metrics.cleanups()).isEqualTo(2);
        assertThat(metrics.cleanupLatency().total()).isEqualTo(Duration.ofMillis(4));
        assertThat(metrics.cleanupFailures()).isEqualTo(1);
        assertThat(metrics.errors())
                .containsOnlyKeys("CommandNotFoundException", "TimedOut", "LimitViolated", "CleanupFailed");
    }

    @Test
    void aTreeCountsOnceForEachKindOfLimitThatItMet() {
        recorder.publish(SampleEvents.limitViolated(LimitKind.PROCESSES, 1, false));
        recorder.publish(SampleEvents.limitViolated(LimitKind.PROCESSES, 10, true));
        recorder.publish(SampleEvents.limitViolated(LimitKind.CPUS, 7, false));

        Metrics metrics = recorder.snapshot(0);

        assertThat(metrics.limitViolations()).isEqualTo(Map.of(LimitKind.PROCESSES, 1L, LimitKind.CPUS, 1L));
        assertThat(metrics.errors().get("LimitViolated").total())
                .as("to wait for a CPU is no error")
                .isEqualTo(1);
    }

    @Test
    void whatIsFoundOutsideOfItsPlaceIsAnErrorOfItsKind() {
        recorder.publish(SampleEvents.orphansFound("p1"));
        recorder.publish(SampleEvents.orphansFound("p2"));
        recorder.publish(SampleEvents.orphansFound("p3"));
        recorder.publish(new ProcessEvent.ZombieFound(process("p1"), TIME, SampleEvents.node(5, "Z")));
        recorder.publish(new ProcessEvent.ZombieFound(process("p1"), TIME, SampleEvents.node(6, "Z")));
        recorder.publish(new ProcessEvent.UnmanagedChildFound(process("p1"), TIME, 7, "/bin/sleep"));

        Map<String, Trend> errors = recorder.snapshot(0).errors();

        assertThat(errors).containsOnlyKeys("OrphansFound", "ZombieFound", "UnmanagedChildFound");
        assertThat(errors.get("OrphansFound").total()).isEqualTo(3);
        assertThat(errors.get("ZombieFound").total()).isEqualTo(2);
        assertThat(errors.get("UnmanagedChildFound").total()).isEqualTo(1);
    }

    @Test
    void skippedStepsAreNotCounted() {
        recorder.publish(step(EscalationStep.TERMINATE, Optional.empty()));
        recorder.publish(step(EscalationStep.LAST_RESORT, Optional.of("no handle")));

        assertThat(recorder.snapshot(0).escalationSteps()).isEqualTo(Map.of(EscalationStep.TERMINATE, 1L));
    }

    private static ProcessEvent step(EscalationStep step, Optional<String> skipped) {
        return new ProcessEvent.Escalated(process("p1"), TIME, step, Cause.STOPPED, Duration.ZERO, skipped);
    }

    @Test
    void errorsHaveTrends() {
        recorder.publish(SampleEvents.timedOut(clock.instant()));
        recorder.publish(SampleEvents.timedOut(clock.forward(Duration.ofMinutes(20))));

        assertThat(recorder.snapshot(0).errors()).isEqualTo(Map.of("TimedOut", new Trend(2, 1, 2)));

        clock.forward(Duration.ofHours(2));
        assertThat(recorder.snapshot(0).errors()).isEqualTo(Map.of("TimedOut", new Trend(2, 0, 0)));
    }

    /** The system's clock is set forward and back between the errors. */
    @Test
    void trendsAreNotMeasuredByTheTimesOfEvents() {
        recorder.publish(SampleEvents.timedOut(clock.instant().plus(Duration.ofDays(1))));
        recorder.publish(SampleEvents.timedOut(clock.instant().minus(Duration.ofDays(1))));
        clock.forward(Duration.ofMinutes(20));

        assertThat(recorder.snapshot(0).errors()).isEqualTo(Map.of("TimedOut", new Trend(2, 0, 2)));
    }

    @Test
    void countersAreExactUnderContention() throws Exception {
        int threads = 8;
        int each = 10_000;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            var runs = IntStream.range(0, threads)
                    .<Future<?>>mapToObj(i -> executor.submit(() -> {
                        start.await();
                        for (int n = 0; n < each; n++) {
                            recorder.publish(SampleEvents.spawned());
                            recorder.publish(SampleEvents.timedOut(TIME));
                        }
                        return null;
                    }))
                    .toList();
            start.countDown();
            for (Future<?> run : runs) {
                run.get();
            }
        } finally {
            executor.shutdown();
        }

        Metrics metrics = recorder.snapshot(0);
        assertThat(metrics.spawned()).isEqualTo((long) threads * each);
        assertThat(metrics.spawnLatency().count()).isEqualTo((long) threads * each);
        assertThat(metrics.timeouts()).isEqualTo(Map.of(Cause.TIMED_OUT, (long) threads * each));
        assertThat(metrics.errors().get("TimedOut").total()).isEqualTo((long) threads * each);
    }
}

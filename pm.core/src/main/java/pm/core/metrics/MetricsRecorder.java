package pm.core.metrics;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import pm.api.Cause;
import pm.api.EscalationStep;
import pm.api.LimitKind;
import pm.api.Metrics;
import pm.api.Metrics.Trend;
import pm.api.ProcessEvent;
import pm.core.events.EventSink;

/**
 * Counts the events of one manager. Each counter is exact; a snapshot is not of one moment. Safe for use by any thread; counting takes no
 * lock but on errors.
 */
public final class MetricsRecorder implements EventSink {
    private final InstantSource clock;
    private final LongAdder spawned = new LongAdder();
    private final LongAdder cleanups = new LongAdder();
    private final LongAdder cleanupFailures = new LongAdder();
    private final Map<String, LongAdder> spawnFailures = new ConcurrentHashMap<>();
    private final Map<Cause, LongAdder> exits = new ConcurrentHashMap<>();
    private final Map<Cause, LongAdder> timeouts = new ConcurrentHashMap<>();
    private final Map<LimitKind, LongAdder> limitViolations = new ConcurrentHashMap<>();
    private final Map<EscalationStep, LongAdder> escalationSteps = new ConcurrentHashMap<>();
    private final Map<String, ErrorTrend> errors = new ConcurrentHashMap<>();
    private final LatencyHistogram spawnLatency = new LatencyHistogram();
    private final LatencyHistogram cleanupLatency = new LatencyHistogram();

    /**
     * Everything at zero.
     *
     * @param clock measures what trends look back; not the times in events, since the system's clock may be set
     */
    public MetricsRecorder(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void publish(ProcessEvent event) {
        if (event instanceof ProcessEvent.Spawned it) {
            spawned.increment();
            spawnLatency.add(it.latency());
        } else if (event instanceof ProcessEvent.SpawnFailed it) {
            count(spawnFailures, it.kind());
            countError(it.kind());
        } else if (event instanceof ProcessEvent.TimedOut it) {
            count(timeouts, it.cause());
            countError(event);
        } else if (event instanceof ProcessEvent.LimitViolated it) {
            countViolation(it);
        } else if (event instanceof ProcessEvent.Escalated it) {
            if (it.skipped().isEmpty()) {
                count(escalationSteps, it.step());
            }
        } else if (event instanceof ProcessEvent.CleanedUp it) {
            cleanups.increment();
            count(exits, it.cause());
            cleanupLatency.add(it.latency());
        } else if (event instanceof ProcessEvent.CleanupFailed) {
            cleanupFailures.increment();
            countError(event);
        } else if (event instanceof ProcessEvent.OrphansFound
                || event instanceof ProcessEvent.ZombieFound
                || event instanceof ProcessEvent.UnmanagedChildFound) {
            countError(event);
        }
    }

    private void countViolation(ProcessEvent.LimitViolated event) {
        if (event.again()) {
            return;
        }
        count(limitViolations, event.violation().kind());
        if (event.severity() == ProcessEvent.Severity.WARNING) {
            countError(event);
        }
    }

    private static <K> void count(Map<K, LongAdder> counters, K key) {
        counters.computeIfAbsent(key, k -> new LongAdder()).increment();
    }

    private void countError(ProcessEvent event) {
        countError(event.getClass().getSimpleName());
    }

    private void countError(String kind) {
        errors.computeIfAbsent(kind, k -> new ErrorTrend()).add(clock.instant());
    }

    /**
     * What was counted.
     *
     * @param active trees that are not proven empty, which the registry knows
     */
    public Metrics snapshot(int active) {
        return new Metrics(
                active,
                spawned.sum(),
                sums(spawnFailures, new TreeMap<>()),
                sums(exits, new EnumMap<>(Cause.class)),
                sums(timeouts, new EnumMap<>(Cause.class)),
                sums(limitViolations, new EnumMap<>(LimitKind.class)),
                cleanups.sum(),
                cleanupFailures.sum(),
                sums(escalationSteps, new EnumMap<>(EscalationStep.class)),
                trends(),
                spawnLatency.snapshot(),
                cleanupLatency.snapshot());
    }

    private static <K> Map<K, Long> sums(Map<K, LongAdder> counters, Map<K, Long> sums) {
        counters.forEach((key, counter) -> sums.put(key, counter.sum()));
        return sums;
    }

    private Map<String, Trend> trends() {
        Map<String, Trend> trends = new TreeMap<>();
        errors.forEach((kind, trend) -> trends.put(kind, trend.at(clock.instant())));
        return trends;
    }
}

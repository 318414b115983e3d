package pm.api;

import java.time.Duration;
import java.util.Map;

/**
 * Counters and latencies of one manager since it was opened. A snapshot; the counters are each exact, but not of the very same moment.
 * Immutable; safe for use by any thread.
 *
 * @param active trees that are not proven empty
 * @param spawned processes started
 * @param spawnFailures spawns that failed, by the exception's simple name
 * @param exits trees that ended, by cause
 * @param timeouts timeouts that passed, by kind
 * @param limitViolations trees that met a limit, by kind: each tree counts once for each kind, however often it met it
 * @param cleanups trees proven empty
 * @param cleanupFailures trees that survived, and containers that could not be removed
 * @param escalationSteps steps taken
 * @param errors failures by kind over time, for trends
 * @param spawnLatency from the call of spawn until the program ran
 * @param cleanupLatency from the leader's end or the first step until the tree was proven empty
 */
public record Metrics(
        int active,
        long spawned,
        Map<String, Long> spawnFailures,
        Map<Cause, Long> exits,
        Map<Cause, Long> timeouts,
        Map<LimitKind, Long> limitViolations,
        long cleanups,
        long cleanupFailures,
        Map<EscalationStep, Long> escalationSteps,
        Map<String, Trend> errors,
        Latency spawnLatency,
        Latency cleanupLatency) {
    /** Copies the maps. */
    public Metrics {
        spawnFailures = Map.copyOf(spawnFailures);
        exits = Map.copyOf(exits);
        timeouts = Map.copyOf(timeouts);
        limitViolations = Map.copyOf(limitViolations);
        escalationSteps = Map.copyOf(escalationSteps);
        errors = Map.copyOf(errors);
    }

    /**
     * How often an error came.
     *
     * @param total since the manager was opened
     * @param lastTenMinutes in the last ten minutes
     * @param lastHour in the last hour
     */
    public record Trend(long total, long lastTenMinutes, long lastHour) {}

    /**
     * A distribution of times. Percentiles are upper bounds of power-of-two buckets: right to a factor of two.
     *
     * @param count how many
     * @param total all together
     * @param max the longest
     * @param median half were no longer
     * @param p99 99 of 100 were no longer
     */
    public record Latency(long count, Duration total, Duration max, Duration median, Duration p99) {}
}

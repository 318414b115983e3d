package pm.core.jmx;

import java.time.Duration;
import pm.api.Metrics.Latency;

/**
 * A distribution of times as JMX can carry it, in milliseconds.
 *
 * @param count how many
 * @param total all together
 * @param max the longest
 * @param median half were no longer
 * @param p99 99 of 100 were no longer
 */
public record LatencyView(long count, double total, double max, double median, double p99) {
    private static final double NANOS_PER_MILLI = 1e6;

    static LatencyView of(Latency latency) {
        return new LatencyView(
                latency.count(),
                millis(latency.total()),
                millis(latency.max()),
                millis(latency.median()),
                millis(latency.p99()));
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / NANOS_PER_MILLI;
    }
}

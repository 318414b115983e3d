package pm.core.jmx;

import java.time.Duration;
import pm.api.Metrics.Latency;

/** A distribution of times as JMX can carry it, in milliseconds. Immutable. */
public final class LatencyView {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Latency latency;

    LatencyView(Latency latency) {
        this.latency = latency;
    }

    /** How many. */
    public long getCount() {
        return latency.count();
    }

    /** All together. */
    public double getTotal() {
        return millis(latency.total());
    }

    /** The longest. */
    public double getMax() {
        return millis(latency.max());
    }

    /** Half were no longer. */
    public double getMedian() {
        return millis(latency.median());
    }

    /** 99 of 100 were no longer. */
    public double getP99() {
        return millis(latency.p99());
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / NANOS_PER_MILLI;
    }
}

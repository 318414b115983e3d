package pm.core.metrics;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import pm.api.Metrics.Latency;

/** A distribution of times in power-of-two buckets of nanoseconds. Safe for use by any thread, without locks. */
final class LatencyHistogram {
    /** Bucket n holds times of n significant bits: from 2^(n-1) to 2^n - 1 ns. */
    private final AtomicLongArray buckets = new AtomicLongArray(Long.SIZE);

    private final LongAdder total = new LongAdder();
    private final LongAccumulator max = new LongAccumulator(Math::max, 0);

    /** Adds one time; a negative one, from a clock that was set back, counts as zero. */
    void add(Duration duration) {
        long nanos = Math.max(0, duration.toNanos());
        max.accumulate(nanos);
        total.add(nanos);
        buckets.incrementAndGet(Long.SIZE - Long.numberOfLeadingZeros(nanos));
    }

    Latency snapshot() {
        long[] counts = new long[buckets.length()];
        long count = 0;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = buckets.get(i);
            count += counts[i];
        }
        Duration longest = Duration.ofNanos(max.get());
        return new Latency(
                count,
                Duration.ofNanos(total.sum()),
                longest,
                percentile(counts, (count + 1) / 2, longest),
                percentile(counts, count - count / 100, longest));
    }

    /** The upper bound of the bucket in which the {@code rank}th shortest time is, and never more than the longest. */
    private static Duration percentile(long[] counts, long rank, Duration longest) {
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                Duration bound = Duration.ofNanos((1L << i) - 1);
                return bound.compareTo(longest) < 0 ? bound : longest;
            }
        }
        return longest;
    }
}

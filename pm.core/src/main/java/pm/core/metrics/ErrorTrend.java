package pm.core.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import pm.api.Metrics.Trend;

/** How often one kind of error came lately, exact to ten seconds, in constant memory. Safe for use by any thread. */
final class ErrorTrend {
    private static final int SECONDS_PER_SLOT = 10;
    private static final int SLOTS = (int) Duration.ofHours(1).toSeconds() / SECONDS_PER_SLOT;
    private static final int SLOTS_IN_TEN_MINUTES = (int) Duration.ofMinutes(10).toSeconds() / SECONDS_PER_SLOT;

    /** A ring: the slot of a time is its number of ten-second steps, modulo the ring's size. */
    private final long[] counts = new long[SLOTS + 1];

    private long newest = Long.MIN_VALUE;
    private long total;

    synchronized void add(Instant time) {
        long slot = slot(time);
        advance(slot);
        total++;
        if (slot > newest - counts.length) {
            counts[index(slot)]++;
        }
    }

    synchronized Trend at(Instant now) {
        advance(slot(now));
        return new Trend(total, sum(SLOTS_IN_TEN_MINUTES), sum(SLOTS));
    }

    /** Forgets what is too old to matter. */
    private void advance(long slot) {
        if (newest == Long.MIN_VALUE || slot - newest >= counts.length) {
            Arrays.fill(counts, 0);
            newest = slot;
        }
        while (newest < slot) {
            newest++;
            counts[index(newest)] = 0;
        }
    }

    /** The slot that has begun, and so many full ones before it. */
    private long sum(int slots) {
        long sum = 0;
        for (long slot = newest - slots; slot <= newest; slot++) {
            sum += counts[index(slot)];
        }
        return sum;
    }

    private int index(long slot) {
        return Math.floorMod(slot, counts.length);
    }

    private static long slot(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), SECONDS_PER_SLOT);
    }
}

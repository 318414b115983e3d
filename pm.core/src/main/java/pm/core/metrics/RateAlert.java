package pm.core.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Whether something came so many times within a window. Keeps no more times than that. Guarded by its owner's lock. */
final class RateAlert {
    private final int threshold;
    private final Duration window;
    private final Deque<Instant> latest = new ArrayDeque<>();

    RateAlert(int threshold, Duration window) {
        this.threshold = threshold;
        this.window = window;
    }

    void add(Instant time) {
        latest.addLast(time);
        if (latest.size() > threshold) {
            latest.removeFirst();
        }
    }

    boolean isHigh(Instant now) {
        while (!latest.isEmpty() && latest.peekFirst().isBefore(now.minus(window))) {
            latest.removeFirst();
        }
        return latest.size() >= threshold;
    }

    String detail() {
        return latest.size() + " or more within " + window;
    }
}

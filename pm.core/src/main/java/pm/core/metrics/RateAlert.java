package pm.core.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Whether something came so many times within a window. Keeps no more times than that. Guarded by its owner's lock. */
final class RateAlert {
    private final IntSupplier threshold;
    private final Supplier<Duration> window;
    private final Deque<Instant> latest = new ArrayDeque<>();

    RateAlert(IntSupplier threshold, Supplier<Duration> window) {
        this.threshold = threshold;
        this.window = window;
    }

    void add(Instant time) {
        latest.addLast(time);
        while (latest.size() > threshold.getAsInt()) {
            latest.removeFirst();
        }
    }

    boolean isHigh(Instant now) {
        while (!latest.isEmpty() && latest.peekFirst().isBefore(now.minus(window.get()))) {
            latest.removeFirst();
        }
        return latest.size() >= threshold.getAsInt();
    }

    String detail() {
        return latest.size() + " or more within " + window.get();
    }
}

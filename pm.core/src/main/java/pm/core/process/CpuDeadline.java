package pm.core.process;

import java.time.Duration;
import java.util.function.Supplier;
import pm.api.Cause;
import pm.api.ResourceUsage;

/**
 * The CPU time timeout, sampled. A tree cannot use more CPU time than there are processors, so the next sample is taken when the limit can
 * be reached at the earliest, and near the limit often enough to be right to a tenth of it.
 */
final class CpuDeadline implements Deadline {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    /** The part of the limit by which it may be missed. */
    private static final int TOLERANCE = 10;

    private final Duration limit;
    private final Duration interval;
    private final int processors;
    private final Supplier<ResourceUsage> usage;
    private final Step look;
    private final Observer observer;
    private volatile boolean cancelled;

    CpuDeadline(
            Duration limit,
            Duration sampleInterval,
            Supplier<ResourceUsage> usage,
            SupervisionThreads threads,
            Observer observer) {
        this.limit = limit;
        this.processors = Runtime.getRuntime().availableProcessors();
        this.interval = interval(limit, sampleInterval, processors);
        this.usage = usage;
        this.look = threads.step(this::look);
        this.observer = observer;
    }

    /** How often to look near the limit. */
    static Duration interval(Duration limit, Duration sampleInterval, int processors) {
        Duration tolerated = limit.dividedBy((long) TOLERANCE * processors);
        Duration shorter = tolerated.compareTo(sampleInterval) < 0 ? tolerated : sampleInterval;
        return shorter.compareTo(SHORTEST) < 0 ? SHORTEST : shorter;
    }

    /** When to look again with so much left. */
    static Duration next(Duration left, Duration interval, int processors) {
        Duration earliest = left.dividedBy(processors);
        return earliest.compareTo(interval) < 0 ? interval : earliest;
    }

    @Override
    public void start() {
        lookAfter(next(limit, interval, processors));
    }

    private void lookAfter(Duration delay) {
        if (!cancelled) {
            look.after(delay);
        }
    }

    private void look() {
        Duration used = usage.get().cpu();
        if (used.compareTo(limit) >= 0) {
            observer.passed(Cause.CPU_TIME, limit, used);
        } else {
            lookAfter(next(limit.minus(used), interval, processors));
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        look.cancel();
    }
}

package pm.core.process;

import java.time.Duration;
import java.util.function.LongSupplier;
import pm.api.Cause;

/** The idle timeout: since the last output. Looks again when output has come meanwhile. */
final class IdleDeadline implements Deadline {
    private final Duration limit;
    private final LongSupplier lastActivity;
    private final Step look;
    private final Observer observer;
    private volatile boolean cancelled;

    /**
     * Not counting yet.
     *
     * @param lastActivity when output was last seen, as {@link System#nanoTime()}
     */
    IdleDeadline(Duration limit, LongSupplier lastActivity, SupervisionThreads threads, Observer observer) {
        this.limit = limit;
        this.lastActivity = lastActivity;
        this.look = threads.step(this::look);
        this.observer = observer;
    }

    @Override
    public void start() {
        lookAfter(limit);
    }

    private void lookAfter(Duration delay) {
        if (!cancelled) {
            look.after(delay);
        }
    }

    private void look() {
        Duration idle = Duration.ofNanos(System.nanoTime() - lastActivity.getAsLong());
        if (idle.compareTo(limit) >= 0) {
            observer.passed(Cause.IDLE, limit, idle);
        } else {
            lookAfter(limit.minus(idle));
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        look.cancel();
    }
}

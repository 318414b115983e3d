package pm.core.process;

import java.time.Duration;
import pm.api.Cause;

/** The wall clock timeout: from the start until the tree is empty. */
final class WallDeadline implements Deadline {
    private final Duration limit;
    private final SupervisionThreads threads;
    private final Observer observer;
    private final Pending pending = new Pending();

    WallDeadline(Duration limit, SupervisionThreads threads, Observer observer) {
        this.limit = limit;
        this.threads = threads;
        this.observer = observer;
    }

    @Override
    public void start() {
        pending.replace(() -> threads.after(limit, () -> observer.passed(Cause.TIMED_OUT, limit, limit)));
    }

    @Override
    public void cancel() {
        pending.cancel();
    }
}

package pm.core.process;

import java.time.Duration;
import pm.api.Cause;

/** The wall clock timeout: from the start until the tree is empty. */
final class WallDeadline implements Deadline {
    private final Duration limit;
    private final Step pass;

    WallDeadline(Duration limit, SupervisionThreads threads, Observer observer) {
        this.limit = limit;
        this.pass = threads.step(() -> observer.passed(Cause.TIMED_OUT, limit, limit));
    }

    @Override
    public void start() {
        pass.after(limit);
    }

    @Override
    public void cancel() {
        pass.cancel();
    }
}

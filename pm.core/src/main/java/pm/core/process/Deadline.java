package pm.core.process;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import pm.api.Cause;

/** A timeout of one process. Safe for use by any thread. */
interface Deadline {
    /** Who is told when it passes. Called on pm's threads. */
    interface Observer {
        /** So much of the limit was used. */
        void passed(Cause cause, Duration limit, Duration used);
    }

    /** Begins to count. */
    void start();

    /** Stops counting. Idempotent. */
    void cancel();

    /** The one task that a deadline has on the timer, replaced while it counts. */
    final class Pending {
        private Future<?> task;
        private boolean cancelled;

        synchronized void replace(Supplier<Future<?>> next) {
            if (!cancelled) {
                task = next.get();
            }
        }

        synchronized void cancel() {
            cancelled = true;
            if (task != null) {
                task.cancel(false);
            }
        }
    }
}

package pm.core.process;

import java.time.Duration;
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
}

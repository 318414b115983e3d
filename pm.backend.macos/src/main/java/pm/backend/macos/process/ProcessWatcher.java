package pm.backend.macos.process;

import pm.backend.macos.tree.ProcessRecord;
import pm.backend.posix.events.Watch;
import pm.backend.posix.libc.LibcException;

/** Tells, on a thread of its own, what becomes of processes. Safe for use by any thread. */
public interface ProcessWatcher {
    /** Hears of one process. */
    interface Listener {
        /** It has forked, once or more often. */
        void forked();

        /** It has exited, and may not be reaped yet. */
        void exited();
    }

    /**
     * Begins to watch.
     *
     * @throws LibcException when it is gone, or cannot be watched
     */
    Watch watch(ProcessRecord process, Listener listener) throws LibcException;
}

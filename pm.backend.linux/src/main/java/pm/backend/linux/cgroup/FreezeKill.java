package pm.backend.linux.cgroup;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import pm.backend.linux.kernel.Signals;
import pm.backend.linux.process.ExitWatcher;

/**
 * Kills everything in a group where the kernel has no cgroup.kill: what is frozen cannot fork, so passes of SIGKILL come to an end. A child
 * that was being forked while its parent was stopped is born frozen and found by the next pass. Passes run on the exit watcher's thread.
 */
final class FreezeKill {
    private static final Duration BETWEEN_PASSES = Duration.ofMillis(5);
    // Five seconds; after that only processes are left that the kernel itself does not let go, and whoever escalates
    // kills again.
    private static final int MOST_PASSES = 1000;

    private final CgroupFolder folder;
    private final ExitWatcher watcher;
    private final AtomicBoolean running = new AtomicBoolean();

    FreezeKill(CgroupFolder folder, ExitWatcher watcher) {
        this.folder = folder;
        this.watcher = watcher;
    }

    /** Begins, unless it is under way. */
    void start() throws IOException {
        if (running.compareAndSet(false, true)) {
            folder.freeze();
            watcher.execute(() -> pass(MOST_PASSES));
        }
    }

    private void pass(int left) {
        try {
            if (folder.events().populated() && left > 0) {
                new MemberSignals(folder).send(pid -> true, Signals.SIGKILL);
                watcher.after(BETWEEN_PASSES, () -> pass(left - 1));
                return;
            }
            folder.thaw();
            running.set(false);
        } catch (IOException e) {
            running.set(false);
            throw new IllegalStateException("Could not kill what is in " + folder + ": " + e, e);
        }
    }
}

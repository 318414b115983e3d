package pm.backend.linux.cgroup;

import java.time.Duration;
import pm.backend.linux.process.ExitWatcher;
import pm.backend.posix.events.Watch;

/** Calls back now and then, on the exit watcher's thread, where the kernel marks no file as changed: the cpu controller, and pids of version 1. */
final class RepeatedLook implements Watch {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final ExitWatcher watcher;
    private final Runnable look;
    private volatile boolean closed;

    RepeatedLook(ExitWatcher watcher, Runnable look) {
        this.watcher = watcher;
        this.look = look;
        watcher.after(BETWEEN_LOOKS, this::again);
    }

    private void again() {
        if (!closed) {
            look.run();
            watcher.after(BETWEEN_LOOKS, this::again);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
